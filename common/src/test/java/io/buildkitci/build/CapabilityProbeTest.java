package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.build.CapabilityProbe.Depth;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.ConfiguredProxy;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CapabilityProbeTest {
    private static final String DOCKERS = "/home/p/.docker/config.json";

    private final PlayedTools played = new PlayedTools();
    private final FakeProcessRunner runner = played.runner;
    private final InMemoryFiles files = played.files;

    private CapabilityProbe.Answer probe(Depth depth) throws InterruptedException {
        return played.probe().probe(Asked.of().request(), depth);
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

    @ParameterizedTest
    @EnumSource
    void whatTheClientAddsToABuildIsFoundInItsConfiguration(Depth depth) throws InterruptedException {
        files.withExecutable("/usr/bin/docker");
        files.with(DOCKERS, "{\"proxies\":{\"default\":{\"httpProxy\":\"http://me:planted@p.example\"}}}");
        runner.on("/usr/bin/docker", "buildx", "version").out("github.com/docker/buildx v0.36.1 abc");
        runner.on("/usr/bin/docker", "buildx", "inspect")
                .out("Name: default", "Driver: docker", "Nodes:", "Name: default", "Status: running");

        assertThat(proxies(depth)).containsExactly("HTTP_PROXY");
    }

    private List<String> proxies(Depth depth) throws InterruptedException {
        return ((CapabilityProbe.Probed) probe(depth))
                .capabilities().proxies().stream()
                        .map(ConfiguredProxy::argument)
                        .toList();
    }

    @Test
    void aDockerOfBeforeBuildxHasOneMore() throws InterruptedException {
        aDockerOfBeforeBuildx();
        files.with(DOCKERS, "{\"proxies\":{\"default\":{\"allProxy\":\"http://me:planted@p.example\"}}}");

        assertThat(proxies(Depth.NEEDED)).containsExactly("ALL_PROXY");
    }

    @ParameterizedTest
    @EnumSource
    void aBuilderThatTheEnvironmentNamesIsMissedByItsName(Depth depth) throws InterruptedException {
        played.variables.put("BUILDX_BUILDER", "ci");
        files.withExecutable("/usr/bin/docker");
        runner.on("/usr/bin/docker", "buildx", "version").out("github.com/docker/buildx v0.36.1 abc");
        runner.on("/usr/bin/docker", "buildx", "inspect")
                .err("ERROR: no builder \"ci\" found")
                .exit(1);

        assertThat(probe(depth)).isEqualTo(new CapabilityProbe.Unusable(BuilderFailure.noBuilder("ci")));
    }

    @Test
    void aDockerOfBeforeBuildxIsTakenWhereThereIsNothingElse() throws InterruptedException {
        aDockerOfBeforeBuildx();

        assertThat(probe(Depth.NEEDED))
                .isInstanceOfSatisfying(
                        CapabilityProbe.Probed.class,
                        probed -> assertThat(probed.capabilities().client())
                                .isInstanceOf(Capabilities.DockerBuild.class));
    }

    /** Without buildctl, which would wait 20 s for nobody. */
    private BuilderFailure refused(String... inputs) throws InterruptedException {
        files.withExecutable("/usr/bin/buildctl");
        CapabilityProbe.Answer answer = played.probe().probe(Asked.of(inputs).request(), Depth.NEEDED);
        assertThat(answer).isInstanceOf(CapabilityProbe.Unusable.class);
        assertThat(runner.commandLines()).noneMatch(line -> line.startsWith("/usr/bin/buildctl"));
        return ((CapabilityProbe.Unusable) answer).failure();
    }

    @Test
    void throughBuildctlTooADaemonInAContainerIsTriedFirst() throws InterruptedException {
        played.variables.put("BUILDKIT_HOST", "docker-container://bk");
        runner.on("docker", "container", "inspect").out("false");

        BuilderFailure refused = refused("client", "buildctl");

        assertThat(refused.reason()).isEqualTo(BuilderFailure.Reason.UNREACHABLE);
        assertThat(refused.text())
                .isEqualTo("no buildkitd can be reached at docker-container://bk: the container bk does not run");
        assertThat(refused.advice()).isEqualTo("start it: docker start bk");
    }

    @Test
    void throughBuildctlTooADaemonBehindSshIsTriedFirst() throws InterruptedException {
        played.variables.put("BUILDKIT_HOST", "ssh://far");
        runner.on("ssh", "-o", "BatchMode=yes")
                .err("me@far: Permission denied (publickey).")
                .exit(255);

        BuilderFailure refused = refused("client", "buildctl");

        assertThat(refused.text())
                .isEqualTo("no buildkitd can be reached at ssh://far: me@far: Permission denied (publickey).");
        assertThat(refused.advice()).startsWith("let ssh in without a question");
    }

    @Test
    void buildctlStartsNoContainerOfABuilderOfBuildx() throws InterruptedException {
        files.with(
                "/home/p/.docker/buildx/instances/ci",
                "{\"Name\":\"ci\",\"Driver\":\"docker-container\",\"Nodes\":[{\"Name\":\"ci0\",\"Endpoint\":\"default\"}]}");
        runner.on("docker", "container", "inspect")
                .err("Error response from daemon: No such container: buildx_buildkit_ci0")
                .exit(1);

        BuilderFailure refused = refused("client", "buildctl", "builder", "ci");

        assertThat(refused.text()).endsWith(": there is no container buildx_buildkit_ci0");
        assertThat(refused.advice())
                .isEqualTo(
                        "start the builder: docker buildx inspect --bootstrap ci; or leave the client to be chosen, for"
                                + " buildx starts it by itself");
    }

    private void aDockerOfBeforeBuildx() {
        files.withExecutable("/usr/bin/docker");
        runner.on("/usr/bin/docker", "buildx", "version")
                .err("docker: 'buildx' is not a docker command.")
                .exit(1);
        runner.on("/usr/bin/docker", "version")
                .out("{\"Client\":{\"Version\":\"20.10.24\"},\"Server\":{\"Version\":\"20.10.24\"}}");
    }
}
