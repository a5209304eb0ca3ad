package io.jenkins.plugins.buildkit.agent;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The connection to the agent broke, or never stood: what was asked of it may have been done or not. */
public final class AgentGone extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    AgentGone(IOException cause) {
        super("the agent cannot be reached: " + cause.getMessage(), cause);
    }

    /** Whether the connection is what failed, and not what was asked over it. */
    static boolean isMeantBy(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t.getClass().getName().startsWith("hudson.remoting.")) {
                return true;
            }
        }
        return false;
    }
}
