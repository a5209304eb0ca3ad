package jenkins.scm.api;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;

/** A branch, a tag or a change. */
public class SCMHead {
    private final String name;

    public SCMHead(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    /** Knows which head a job is for. */
    public abstract static class HeadByItem implements ExtensionPoint {
        public abstract SCMHead getHead(Item item);

        /** {@code null} for a job that is for none. */
        public static SCMHead findHead(Item item) {
            for (HeadByItem each : ExtensionList.lookup(HeadByItem.class)) {
                SCMHead head = each.getHead(item);
                if (head != null) {
                    return head;
                }
            }
            return null;
        }
    }
}
