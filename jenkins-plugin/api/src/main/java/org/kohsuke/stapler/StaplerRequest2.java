package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import java.util.List;
import net.sf.json.JSONObject;

/** A request of a browser. */
public interface StaplerRequest2 {
    JSONObject getSubmittedForm() throws ServletException;

    <T> T bindJSON(Class<T> type, JSONObject src);

    <T> List<T> bindJSONToList(Class<T> type, Object src);
}
