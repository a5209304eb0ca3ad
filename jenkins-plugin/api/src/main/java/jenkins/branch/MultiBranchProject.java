package jenkins.branch;

import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import jenkins.scm.api.SCMSourceOwner;

/** A project with a job for each head of its sources. */
public abstract class MultiBranchProject<P extends Job<P, R>, R extends Run<P, R>>
        implements ItemGroup<P>, SCMSourceOwner {
    public abstract BranchProjectFactory<P, R> getProjectFactory();
}
