package jenkins.scm.api.metadata;

import hudson.model.InvisibleAction;

/** Says of a branch that it is its project's main one. */
public class PrimaryInstanceMetadataAction extends InvisibleAction {}
