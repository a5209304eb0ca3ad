package org.jenkinsci.remoting;

/** Work that says at which end of a connection it may be done. */
public interface RoleSensitive {
    void checkRoles(RoleChecker checker) throws SecurityException;
}
