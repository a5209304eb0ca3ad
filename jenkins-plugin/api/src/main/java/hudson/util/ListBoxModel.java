package hudson.util;

import java.util.ArrayList;
import org.kohsuke.stapler.HttpResponse;

/** What a drop-down offers. */
public class ListBoxModel extends ArrayList<ListBoxModel.Option> implements HttpResponse {
    /** One line of it. */
    public static final class Option {
        public String name;
        public String value;
        public boolean selected;

        public Option(String name, String value) {
            this(name, value, false);
        }

        public Option(String name, String value, boolean selected) {
            this.name = name;
            this.value = value;
            this.selected = selected;
        }
    }

    public void add(String displayName, String value) {
        add(new Option(displayName, value));
    }
}
