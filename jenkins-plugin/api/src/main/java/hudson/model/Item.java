package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import jenkins.model.Jenkins;

/** What folders hold: jobs and folders. */
public interface Item extends ModelObject, AccessControlled {
    Permission READ = new Permission("Read");
    Permission EXTENDED_READ = new Permission("ExtendedRead");

    String getFullName();

    default ItemGroup<?> getParent() {
        return Jenkins.getInstanceOrNull();
    }
}
