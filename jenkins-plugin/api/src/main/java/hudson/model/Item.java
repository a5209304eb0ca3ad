package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;

/** What folders hold: jobs and folders. */
public interface Item extends ModelObject, AccessControlled {
    Permission READ = new Permission("Read");
    Permission EXTENDED_READ = new Permission("ExtendedRead");

    String getFullName();
}
