package hudson.tasks;

/** What build steps inherit from the time before there was {@link BuildStep}. */
public abstract class BuildStepCompatibilityLayer implements BuildStep {}
