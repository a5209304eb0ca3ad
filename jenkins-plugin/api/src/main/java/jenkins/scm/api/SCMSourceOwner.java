package jenkins.scm.api;

import hudson.model.Item;

/** What has sources: a multibranch project. */
public interface SCMSourceOwner extends Item {}
