package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Machines;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.InMemoryWorkspaces;
import io.buildkitci.process.Reachability;
import io.buildkitci.words.KnownWords;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BuildsTest {
    private static final Capabilities NOT_LOOKED_AT = Machines.withNodes(Machines.remote());

    private final FakeProcessRunner runner = new FakeProcessRunner();

    @Test
    void aBuilderIsAskedBesideABuildForPlatformsOnly() throws InterruptedException {
        runner.on("/bin/docker-buildx", "inspect")
                .out("Name: ci", "Driver: remote", "Nodes:", "Name: ci0", "Status: running", "Platforms: linux/s390x");

        Capabilities without = more(Asked.of("tags", "localhost:5555/a:1"));
        assertThat(without.builder().nodes()).isEmpty();
        assertThat(runner.commands()).isEmpty();

        Capabilities with = more(Asked.of("tags", "localhost:5555/a:1", "platforms", "linux/s390x"));
        assertThat(with.builder().nodes())
                .singleElement()
                .satisfies(node -> assertThat(node.platforms()).containsExactly(new Platform("linux", "s390x", "")));
    }

    private Capabilities more(Asked asked) throws InterruptedException {
        InMemoryFiles files = new InMemoryFiles();
        Tools tools = new Tools(
                new Platform("linux", "amd64", ""),
                runner,
                files,
                new InMemoryWorkspaces(files),
                FakeDockerEngine.onLinux(),
                new NobodyAsks(),
                InstantSource.fixed(Instant.EPOCH));
        ClientEnvironment environment =
                ClientEnvironment.from(Map.of("PATH", "/usr/bin"), Path.of("/home/p"), ClientEnvironment.Os.LINUX);
        Builds builds = new Builds(tools, new CapabilityProbe(tools, environment, Optional.empty()), KnownWords.KNOWN);
        return builds.more(new Builds.Ready(asked.request(), NOT_LOOKED_AT));
    }

    /** No network is needed. */
    private static final class NobodyAsks implements Reachability {
        @Override
        public Optional<Refusal> tcp(String host, int port, Tls tls, Duration limit) {
            throw new AssertionError(host);
        }

        @Override
        public Optional<String> unix(Path socket) {
            throw new AssertionError(socket);
        }
    }
}
