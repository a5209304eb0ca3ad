package hudson.model;

/** What holds jobs and folders. */
public interface ItemGroup<T> {}
