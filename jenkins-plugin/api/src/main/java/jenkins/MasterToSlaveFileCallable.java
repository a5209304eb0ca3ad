package jenkins;

import jenkins.agents.ControllerToAgentFileCallable;

/** Work on a file that a controller sends to its agents, as a class to extend. */
public abstract class MasterToSlaveFileCallable<T> implements ControllerToAgentFileCallable<T> {
    private static final long serialVersionUID = 1L;
}
