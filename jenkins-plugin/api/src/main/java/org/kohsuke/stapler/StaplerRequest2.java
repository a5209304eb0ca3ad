package org.kohsuke.stapler;

import java.util.List;
import net.sf.json.JSONObject;

/** A request of a browser. */
public interface StaplerRequest2 {
    JSONObject getSubmittedForm();

    <T> T bindJSON(Class<T> type, JSONObject src);

    <T> List<T> bindJSONToList(Class<T> type, Object src);
}
