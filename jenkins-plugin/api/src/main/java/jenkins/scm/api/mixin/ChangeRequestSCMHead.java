package jenkins.scm.api.mixin;

import jenkins.scm.api.SCMHead;

/** A change that somebody proposes for a branch. */
public interface ChangeRequestSCMHead {
    SCMHead getTarget();
}
