package jenkins.security;

import org.jenkinsci.remoting.Role;

/** The two ends of a connection. */
public class Roles {
    public static final Role MASTER = new Role("master");
    public static final Role SLAVE = new Role("slave");

    private Roles() {}
}
