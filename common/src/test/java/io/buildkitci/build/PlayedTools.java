package io.buildkitci.build;

import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.model.Platform;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.InMemoryWorkspaces;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A machine that is played: programs, files, an engine, nobody on its network, and a clock that stands. */
final class PlayedTools {
    final FakeProcessRunner runner = new FakeProcessRunner();
    final InMemoryFiles files = new InMemoryFiles();
    final Map<String, String> variables = new TreeMap<>(Map.of("PATH", "/usr/bin"));
    DockerEngine engine = FakeDockerEngine.onLinux();
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);

    Tools tools() {
        return new Tools(
                new Platform("linux", "amd64", ""),
                runner,
                files,
                new InMemoryWorkspaces(files),
                engine,
                new NobodyListens(),
                clock);
    }

    CapabilityProbe probe() {
        return probe(Optional.empty());
    }

    /** @param buildx the plugin's binary, where a person named one */
    CapabilityProbe probe(Optional<Path> buildx) {
        ClientEnvironment environment =
                ClientEnvironment.from(variables, Path.of("/home/p"), ClientEnvironment.Os.LINUX);
        return new CapabilityProbe(tools(), environment, buildx);
    }
}
