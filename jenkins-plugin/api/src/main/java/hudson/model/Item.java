package hudson.model;

/** What folders hold: jobs and folders. */
public interface Item extends ModelObject {
    String getFullName();
}
