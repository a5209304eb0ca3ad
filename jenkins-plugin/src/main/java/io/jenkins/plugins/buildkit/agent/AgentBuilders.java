package io.jenkins.plugins.buildkit.agent;

import io.buildkitci.build.Tools;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.Builders;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.Clients;
import io.buildkitci.input.Outside;
import io.buildkitci.process.HostFiles;
import io.buildkitci.words.HostWords;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What makes and removes builders on one agent.
 *
 * @param agent the agent's name; empty text for the controller's own
 * @param buildxConfig where buildx keeps its builders there
 */
public record AgentBuilders(String agent, Builders builders, HostFiles files, Path buildxConfig, Outside outside) {
    /** They, or why there are none. */
    public sealed interface Finding {}

    /** They. */
    public record Found(AgentBuilders builders) implements Finding {}

    /** No buildx is there. */
    public record Missing(BuilderFailure failure) implements Finding {}

    /**
     * Looks for buildx and docker.
     *
     * @param buildx the program that a person asked for; nothing else is taken then
     * @param words of the host, for advice
     */
    public static Finding find(
            String agent,
            Tools tools,
            ClientEnvironment environment,
            Optional<Path> buildx,
            Outside outside,
            HostWords words) {
        BuildxFinder finder = new BuildxFinder(tools.files(), environment);
        BuildxFinder.Finding finding = finder.find(buildx);
        if (finding instanceof BuildxFinder.Missing missing) {
            return new Missing(BuilderFailure.noBuildx(missing.looked()));
        }
        Clients clients = new Clients(
                ((BuildxFinder.Found) finding).command(),
                Optional.empty(),
                finder.docker().map(docker -> List.of(docker.toString())),
                Map.of());
        Builders builders = new Builders(
                tools.processes(),
                clients,
                new BuilderStore(tools.files(), environment),
                tools.workspaces(),
                tools.reachability(),
                words);
        return new Found(new AgentBuilders(agent, builders, tools.files(), environment.buildxConfig(), outside));
    }

    /** Where the certificates are that a builder's nodes are talked to with. */
    public Path certificates(String builder) {
        return buildxConfig.resolve("certs").resolve(builder);
    }
}
