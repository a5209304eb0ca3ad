package hudson.tasks;

/** One step of a job without a pipeline. */
public interface BuildStep {}
