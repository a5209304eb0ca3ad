package jenkins.branch;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;

/** Knows the jobs of a multibranch project. */
public abstract class BranchProjectFactory<P extends Job<P, R>, R extends Run<P, R>> {
    public abstract Branch getBranch(P project);

    public abstract boolean isProject(Item item);

    /** {@code null} for what is none. */
    @SuppressWarnings("unchecked")
    public P asProject(Item item) {
        return isProject(item) ? (P) item : null;
    }
}
