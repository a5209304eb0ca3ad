package io.buildkitci.builder;

import io.buildkitci.builder.ClientEnvironment.Os;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.InMemoryWorkspaces;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Reachability;
import io.buildkitci.process.Workspaces;
import io.buildkitci.words.KnownWords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@link Builders} between a scripted buildx, files in memory and a network that answers as told. */
final class ScriptedBuilders {
    static final LineListener SILENT = (stream, line) -> {};
    static final Duration LIMIT = Duration.ofMinutes(5);
    static final String MISSING = "ERROR: no builder \"rec-rec\" found";
    static final String CREATE = "buildx create --name rec-rec --driver docker-container";
    static final String CONTAINERS =
            "docker container ls --all --filter name=buildx_buildkit_rec-rec0 --format {{.Names}}";
    static final String VOLUMES = "docker volume ls --filter name=buildx_buildkit_rec-rec0_state --format {{.Name}}";
    static final String RUNNING = Fixtures.read("container-running-buildx-0.36.1");
    static final String INACTIVE = Fixtures.read("container-inactive-buildx-0.36.1");
    static final BuilderSpec CONTAINER = Specs.of(Driver.DOCKER_CONTAINER, "rec-rec", Specs.node());

    final ScriptedProcessRunner runner = new ScriptedProcessRunner();
    final InMemoryFiles files = new InMemoryFiles();
    final Network network = new Network();
    private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    final Map<String, String> variables = new HashMap<>(Map.of("BUILDX_CONFIG", "/bx"));
    Workspaces workspaces = new InMemoryWorkspaces(files);

    /** Where nothing listens but what is told. */
    static final class Network implements Reachability {
        Optional<Refusal> answer = Optional.empty();

        @Override
        public Optional<Refusal> tcp(String host, int port, Tls tls, Duration limit) {
            return answer;
        }

        @Override
        public Optional<String> unix(Path socket) {
            return answer.map(Refusal::why);
        }
    }

    Builders builders() {
        Clients clients = new Clients(
                List.of("buildx"), Optional.empty(), Optional.of(List.of("docker")), Map.of("BUILDX_CONFIG", "/bx"));
        return new Builders(runner, clients, store(), workspaces, network, KnownWords.KNOWN);
    }

    /** Those of a host that keeps no ledger. */
    Builders notingBuilders() {
        Clients clients = new Clients(
                List.of("buildx"), Optional.empty(), Optional.of(List.of("docker")), Map.of("BUILDX_CONFIG", "/bx"));
        Optional<BuilderNotes> notes = Optional.of(new BuilderNotes(files, environment(), clock));
        return new Builders(runner, clients, store(), workspaces, network, KnownWords.KNOWN, notes);
    }

    BuilderStore store() {
        return new BuilderStore(files, environment());
    }

    private ClientEnvironment environment() {
        return ClientEnvironment.from(variables, Path.of("/home/p"), Os.LINUX);
    }

    Creation create(BuilderSpec spec) throws InterruptedException {
        return builders().create(spec, LIMIT, SILENT);
    }

    /** Nothing of that name is there, and buildx makes it; what follows is how it starts. */
    ScriptedProcessRunner createsAnew() {
        return runner.fails("buildx inspect rec-rec", MISSING)
                .says(CONTAINERS, "")
                .says(VOLUMES, "")
                .says(CREATE, "rec-rec");
    }

    void isRemembered(String driver) {
        isRemembered(driver, "");
    }

    void isRemembered(String driver, String endpoint) {
        files.with(
                "/bx/instances/rec-rec",
                "{\"Name\":\"rec-rec\",\"Driver\":\"" + driver + "\",\"Nodes\":[{\"Name\":\"rec-rec0\",\"Endpoint\":\""
                        + endpoint + "\"}]}");
    }

    void isCurrent() {
        files.with("/bx/current", "{\"Key\":\"unix:///var/run/docker.sock\",\"Name\":\"rec-rec\",\"Global\":false}");
    }

    void assertEverythingExpectedHappenedAndNoPrivateDirectoryIsLeft() {
        runner.assertEverythingRan();
        if (!files.list(Path.of("/run")).isEmpty()) {
            throw new AssertionError("a private directory is left");
        }
    }
}
