package hudson.model;

import hudson.EnvVars;

/** Something that is not the same with every environment. */
public interface EnvironmentSpecific<T extends EnvironmentSpecific<T>> {
    T forEnvironment(EnvVars environment);
}
