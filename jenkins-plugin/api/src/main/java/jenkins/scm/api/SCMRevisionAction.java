package jenkins.scm.api;

import hudson.model.Actionable;
import hudson.model.InvisibleAction;

/** Which revision of a source is built. */
public class SCMRevisionAction extends InvisibleAction {
    private final SCMRevision revision;

    public SCMRevisionAction(SCMSource source, SCMRevision revision) {
        this.revision = revision;
    }

    public SCMRevision getRevision() {
        return revision;
    }

    /** {@code null} when nothing says so. */
    public static SCMRevision getRevision(SCMSource source, Actionable actionable) {
        SCMRevisionAction action = actionable.getAction(SCMRevisionAction.class);
        return action == null ? null : action.getRevision();
    }
}
