package io.jenkins.plugins.buildkit.config;

import java.util.List;

/** Where agents say that their engines are. */
interface AgentEndpoints {
    /**
     * The agents of a label that are online and say where their engine is.
     *
     * @param variable of an agent's configuration that says it: {@code DOCKER_HOST} or {@code BUILDKIT_HOST}
     */
    List<Place> of(String label, String variable);

    /**
     * An agent's engine.
     *
     * @param here whether it is the agent on which the builder is made
     * @param endpoint empty text where the agent does not say
     */
    record Place(String agent, boolean here, String endpoint) {}
}
