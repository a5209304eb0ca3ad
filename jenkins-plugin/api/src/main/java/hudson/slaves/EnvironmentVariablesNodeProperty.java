package hudson.slaves;

import hudson.EnvVars;

/** Variables that an agent's configuration sets. */
public class EnvironmentVariablesNodeProperty extends NodeProperty<hudson.model.Node> {
    private final EnvVars variables;

    /** For tests. */
    public EnvironmentVariablesNodeProperty(EnvVars variables) {
        this.variables = variables;
    }

    public EnvVars getEnvVars() {
        return variables;
    }
}
