package hudson.tasks;

import hudson.ExtensionPoint;
import hudson.model.Describable;

/** A {@link BuildStep} that builds. */
public abstract class Builder extends BuildStepCompatibilityLayer implements Describable<Builder>, ExtensionPoint {}
