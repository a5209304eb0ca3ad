package io.jenkins.plugins.buildkit.config;

import io.buildkitci.process.LineListener;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import java.util.Optional;

/** The builders of the configuration, for steps. */
public interface NamedBuilders {
    /**
     * The builder that a build means. Reads the configuration only: it asks nothing of any agent.
     *
     * @param asked by the build, empty for none; then it is the default builder of the configuration, if there is one
     * @param agent name of the agent on which the build runs
     * @return empty where it is none of the configuration: a builder of the agent's own
     */
    Optional<ConfiguredBuilder> find(Optional<String> asked, String agent);

    /**
     * Sees to it that the builder is on the agent, and noted as used by the build until that is over: what removes it, the
     * end of the build or days without one, does so by itself.
     *
     * @param run the build's externalizable ID
     * @param progress told what buildx says while a builder is started
     */
    Ensured ensure(ConfiguredBuilder builder, AgentBuilders agent, String run, LineListener progress)
            throws InterruptedException;
}
