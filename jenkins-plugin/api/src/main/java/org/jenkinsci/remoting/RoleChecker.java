package org.jenkinsci.remoting;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/** Refuses work that was not made for the end of the connection that it has come to. */
public abstract class RoleChecker {
    public abstract void check(RoleSensitive subject, Collection<Role> expected) throws SecurityException;

    public void check(RoleSensitive subject, Role expected) throws SecurityException {
        check(subject, Set.of(expected));
    }

    public void check(RoleSensitive subject, Role... expected) throws SecurityException {
        check(subject, Arrays.asList(expected));
    }
}
