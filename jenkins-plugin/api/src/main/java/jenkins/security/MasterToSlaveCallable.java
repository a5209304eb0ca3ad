package jenkins.security;

import jenkins.agents.ControllerToAgentCallable;

/** Work that a controller sends to its agents, as a class to extend. */
public abstract class MasterToSlaveCallable<V, T extends Throwable> implements ControllerToAgentCallable<V, T> {
    private static final long serialVersionUID = 1L;
}
