package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What goes wrong between controller and agent. */
final class Faults {
    static final Logger LOGGER = Logger.getLogger(Faults.class.getName());

    private Faults() {}

    /** For people without a stack trace, which is in the controller's log. */
    static AbortException explained(IOException fault) {
        LOGGER.log(Level.INFO, "a build was given up", fault);
        String message = fault.getMessage();
        AbortException explained = new AbortException("the step was given up: "
                + (message == null || message.isBlank() ? fault.getClass().getSimpleName() : message)
                + "\n  -> check the agent's connection, and that its workspace can be written");
        explained.initCause(fault);
        return explained;
    }
}
