package hudson.model;

import org.springframework.security.core.Authentication;

/** Where builds wait for their turn. */
public class Queue {
    /** What can wait there. */
    public interface Task {
        default Authentication getDefaultAuthentication2() {
            return hudson.security.ACL.SYSTEM2;
        }
    }
}
