package io.jenkins.plugins.buildkit.config;

import io.buildkitci.process.LineListener;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import io.jenkins.plugins.buildkit.housekeeping.BuilderLedger;
import io.jenkins.plugins.buildkit.housekeeping.BuilderUse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import jenkins.model.Jenkins;

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
     * Sees to it that the builder is there, and noted as used by the build until that is over.
     *
     * @param run the build's externalizable ID
     * @param progress told what buildx says while a builder is started
     */
    Ensured ensure(ConfiguredBuilder builder, AgentBuilders agent, String run, LineListener progress)
            throws InterruptedException;

    /** Those of this Jenkins. */
    static NamedBuilders ofJenkins() {
        return new NamedBuilders() {
            @Override
            public Optional<ConfiguredBuilder> find(Optional<String> asked, String agent) {
                return BuildkitConfiguration.get()
                        .builder(asked)
                        .map(config -> ConfiguredBuilder.of(
                                config,
                                new JenkinsAgents(agent),
                                Jenkins.get().getLegacyInstanceId()));
            }

            @Override
            public Ensured ensure(ConfiguredBuilder builder, AgentBuilders agent, String run, LineListener progress)
                    throws InterruptedException {
                BuilderOnAgent onAgent = new BuilderOnAgent(agent, new TlsCredentials());
                try {
                    return onAgent.ensure(builder, BuilderLedger.get(), run, progress);
                } catch (IOException e) {
                    return BuilderOnAgent.notNoted(builder, e);
                }
            }
        };
    }

    /** As the ledger has it. */
    static BuilderUse use(ConfiguredBuilder builder, String agent, String run) {
        Optional<Duration> unusedFor =
                switch (builder.cleanup()) {
                    case UNUSED -> Optional.of(Duration.ofDays(builder.unusedDays()));
                    case BUILD -> Optional.of(Duration.ZERO);
                    case NEVER -> Optional.empty();
                };
        return new BuilderUse(agent, builder.agentName(), run, builder.keepState(), unusedFor);
    }
}
