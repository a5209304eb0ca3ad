package hudson.model;

import hudson.security.Permission;

/** What folders hold: jobs and folders. */
public interface Item extends ModelObject {
    Permission READ = new Permission("Read");

    String getFullName();
}
