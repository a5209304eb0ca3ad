package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.build.CapabilityProbe.Depth;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.InMemoryWorkspaces;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CapabilityProbeTest {
    private final FakeProcessRunner runner = new FakeProcessRunner();
    private final InMemoryFiles files = new InMemoryFiles();

    private CapabilityProbe.Answer probe(Depth depth) throws InterruptedException {
        Tools tools = new Tools(
                new Platform("linux", "amd64", ""),
                runner,
                files,
                new InMemoryWorkspaces(files),
                FakeDockerEngine.onLinux(),
                new NobodyListens(),
                InstantSource.fixed(Instant.EPOCH));
        ClientEnvironment environment =
                ClientEnvironment.from(Map.of("PATH", "/usr/bin"), Path.of("/home/p"), ClientEnvironment.Os.LINUX);
        return new CapabilityProbe(tools, environment, Optional.empty())
                .probe(Asked.of().request(), depth);
    }

    @ParameterizedTest
    @EnumSource
    void dockerIsAskedOnceForTheVersionOfItsBuildx(Depth depth) throws InterruptedException {
        files.withExecutable("/usr/bin/docker");
        runner.on("/usr/bin/docker", "buildx", "version").out("github.com/docker/buildx v0.36.1 abc");
        runner.on("/usr/bin/docker", "buildx", "inspect")
                .out("Name: default", "Driver: docker", "Nodes:", "Name: default", "Status: running");

        assertThat(probe(depth))
                .isInstanceOfSatisfying(
                        CapabilityProbe.Probed.class,
                        probed -> assertThat(probed.capabilities().client().version())
                                .contains(new Version(0, 36, 1)));
        assertThat(runner.commandLines())
                .filteredOn(line -> line.contains("version"))
                .hasSize(1);
    }

    @Test
    void aDockerOfBeforeBuildxIsTakenWhereThereIsNothingElse() throws InterruptedException {
        files.withExecutable("/usr/bin/docker");
        runner.on("/usr/bin/docker", "buildx", "version")
                .err("docker: 'buildx' is not a docker command.")
                .exit(1);
        runner.on("/usr/bin/docker", "version")
                .out("{\"Client\":{\"Version\":\"20.10.24\"},\"Server\":{\"Version\":\"20.10.24\"}}");

        assertThat(probe(Depth.NEEDED))
                .isInstanceOfSatisfying(
                        CapabilityProbe.Probed.class,
                        probed -> assertThat(probed.capabilities().client())
                                .isInstanceOf(Capabilities.DockerBuild.class));
    }
}
