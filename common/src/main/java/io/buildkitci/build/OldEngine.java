package io.buildkitci.build;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.process.Command;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A docker command line of before buildx: its {@code docker build} talks to the engine's BuildKit when {@code
 * DOCKER_BUILDKIT} says so. From 23.0 on it is buildx' other name.
 */
final class OldEngine {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    private final ProcessRunner processes;
    private final Path docker;

    OldEngine(ProcessRunner processes, Path docker) {
        this.processes = processes;
        this.docker = docker;
    }

    /**
     * What it can build with, or why it cannot.
     *
     * @param name of the builder that was asked for or is the current one
     * @param engine whether that is the engine itself
     */
    CapabilityProbe.Answer probe(String name, boolean engine) throws InterruptedException {
        Captured said = processes.capture(Command.of(List.of(docker.toString(), "version", "--format", "{{json .}}"))
                .within(ANSWERS_WITHIN));
        PlainJson versions = PlainJson.parse(said.out());
        Optional<Version> client = Version.parse(versions.object("Client").text("Version"));
        PlainJson server = versions.object("Server");
        Optional<Version> engines = Version.parse(server.text("Version"));
        if (client.isEmpty() || client.get().atLeast(23, 0)) {
            return unusable(
                    Reason.NO_BUILDX,
                    docker + " has no buildx"
                            + client.map(v -> ", and since 23.0 builds with nothing else; it is " + v)
                                    .orElse(""));
        }
        if (!engine) {
            return unusable(Reason.NO_BUILDX, "builder '" + name + "' is buildx' own, and there is no buildx here");
        }
        if (engines.isEmpty()) {
            return unusable(Reason.NO_ENGINE, "no engine answers " + docker);
        }
        boolean podman = server.objects("Components").stream()
                .anyMatch(component -> component.text("Name").equals("Podman Engine"));
        if (podman || !engines.get().atLeast(18, 9)) {
            return unusable(
                    Reason.NO_BUILDX,
                    "there is no buildx here, and the engine has no BuildKit: it is " + (podman ? "Podman " : "Docker ")
                            + engines.get());
        }
        return new CapabilityProbe.Probed(new Capabilities(
                new Capabilities.DockerBuild(List.of(docker.toString()), client),
                new Capabilities.BuilderFacts(name, Optional.of(Driver.DOCKER), Optional.empty(), List.of()),
                Map.of()));
    }

    private static CapabilityProbe.Answer unusable(Reason reason, String text) {
        return new CapabilityProbe.Unusable(BuilderFailure.of(reason, text));
    }
}
