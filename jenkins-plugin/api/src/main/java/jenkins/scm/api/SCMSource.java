package jenkins.scm.api;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Item;
import hudson.model.TaskListener;
import java.io.IOException;

/** Where heads come from. */
public abstract class SCMSource implements ExtensionPoint {
    protected SCMSource() {}

    /** The same revision where its author is trusted, another one instead of it where not. */
    public SCMRevision getTrustedRevision(SCMRevision revision, TaskListener listener)
            throws IOException, InterruptedException {
        return revision;
    }

    /** Knows which source a job's head comes from. */
    public abstract static class SourceByItem implements ExtensionPoint {
        public abstract SCMSource getSource(Item item);

        /** {@code null} for a job that is for none. */
        public static SCMSource findSource(Item item) {
            for (SourceByItem each : ExtensionList.lookup(SourceByItem.class)) {
                SCMSource source = each.getSource(item);
                if (source != null) {
                    return source;
                }
            }
            return null;
        }
    }
}
