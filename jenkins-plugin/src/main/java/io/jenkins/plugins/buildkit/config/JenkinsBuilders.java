package io.jenkins.plugins.buildkit.config;

import io.buildkitci.process.LineListener;
import io.jenkins.plugins.buildkit.agent.AgentBuilders;
import io.jenkins.plugins.buildkit.housekeeping.BuilderLedger;
import java.io.IOException;
import java.util.Optional;
import jenkins.model.Jenkins;

/** The builders of this Jenkins' configuration. */
public final class JenkinsBuilders implements NamedBuilders {
    @Override
    public Optional<ConfiguredBuilder> find(Optional<String> asked, String agent) {
        return BuildkitConfiguration.get().builder(asked).map(config -> on(config, agent));
    }

    static ConfiguredBuilder on(BuilderConfig config, String agent) {
        return ConfiguredBuilder.of(
                config, new JenkinsAgents(agent), Jenkins.get().getLegacyInstanceId());
    }

    @Override
    public Ensured ensure(ConfiguredBuilder builder, AgentBuilders agent, String run, LineListener progress)
            throws InterruptedException {
        try {
            return new BuilderOnAgent(agent, new TlsCredentials()).ensure(builder, BuilderLedger.get(), run, progress);
        } catch (IOException e) {
            return BuilderOnAgent.notNoted(builder, e);
        }
    }
}
