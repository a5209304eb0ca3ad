package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectParserTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.29.1", "0.36.1"})
    void readsABuilderThatRuns(String buildx) {
        Inspection builder = Fixtures.inspection("container-running-buildx-" + buildx);

        assertThat(builder.name()).isEqualTo("rec-rec");
        assertThat(builder.knownDriver()).contains(Driver.DOCKER_CONTAINER);
        assertThat(builder.running()).isTrue();
        InspectedNode node = builder.nodes().get(0);
        assertThat(node.name()).isEqualTo("rec-rec0");
        assertThat(node.endpoint()).isEqualTo("unix:///var/run/docker.sock");
        assertThat(node.driverOptions())
                .isEqualTo(Map.of(
                        "env.FOO", "a,b",
                        "image", "local/buildkit-ci-testbed-buildkit:v0.32.2",
                        "network", "host"));
        assertThat(node.flags()).isEqualTo("--allow-insecure-entitlement network.host --debug");
        assertThat(node.buildkit()).contains("v0.32.2");
        assertThat(node.fixedPlatforms()).containsExactly("linux/amd64", "linux/arm64");
        assertThat(node.detectedPlatforms())
                .containsExactly("linux/amd64/v2", "linux/amd64/v3", "linux/amd64/v4", "linux/386");
        assertThat(node.labels()).containsEntry("org.mobyproject.buildkit.worker.executor", "oci");
        assertThat(node.files().get("buildkitd.toml")).contains("localhost:5555", "http = true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.29.1", "0.36.1"})
    void knowsTheDefinitionOfABuilderThatDoesNotRun(String buildx) {
        Inspection builder = Fixtures.inspection("container-inactive-buildx-" + buildx);

        assertThat(builder.running()).isFalse();
        assertThat(builder.nodes().get(0).status()).isEqualTo("inactive");
        assertThat(builder.nodes().get(0).buildkit()).isEmpty();
        assertThat(builder.nodes().get(0).files()).containsKey("buildkitd.toml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.29.1", "0.36.1"})
    void keepsNodesApart(String buildx) {
        Inspection builder = Fixtures.inspection("container-node-stopped-buildx-" + buildx);

        assertThat(builder.nodes()).extracting(InspectedNode::name).containsExactly("rec-rec0", "rec-second");
        assertThat(builder.nodes()).extracting(InspectedNode::status).containsExactly("running", "stopped");
        assertThat(builder.nodes().get(1).driverOptions()).containsEntry("env.NO_PROXY", "a,b");
        assertThat(builder.nodes().get(1).fixedPlatforms()).containsExactly("linux/riscv64");
        assertThat(builder.nodes().get(1).labels()).isEmpty();
        assertThat(builder.running()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.29.1", "0.36.1"})
    void readsRemoteNodes(String buildx) throws Exception {
        BuilderFacts facts =
                Fixtures.inspection("remote-two-nodes-buildx-" + buildx).facts();

        assertThat(facts.driver()).contains(Driver.REMOTE);
        assertThat(facts.containerdStore()).isEmpty();
        assertThat(facts.nodes().get(1).endpoint()).isEqualTo("unix:///run/second.sock");
        assertThat(facts.nodes().get(1).platforms())
                .startsWith(Platform.parse("linux/amd64"))
                .endsWith(Platform.parse("linux/arm/v7"), Platform.parse("linux/arm64"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.29.1", "0.36.1"})
    void tellsTheEnginesImageStoreByItsWorkersLabels(String buildx) {
        assertThat(Fixtures.inspection("docker-buildx-" + buildx).containerdStore())
                .contains(true);
        assertThat(Fixtures.inspection("docker-graphdriver-buildx-" + buildx).containerdStore())
                .contains(false);
        assertThat(Fixtures.inspection("docker-no-engine-buildx-" + buildx).containerdStore())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.29.1", "0.36.1"})
    void keepsTheErrorOfABuilderAndOfANode(String buildx) {
        Inspection engine = Fixtures.inspection("docker-no-engine-buildx-" + buildx);
        Inspection container = Fixtures.inspection("container-no-engine-buildx-" + buildx);

        assertThat(engine.knownDriver()).isEmpty();
        assertThat(engine.error()).hasValueSatisfying(e -> assertThat(e).contains("unix:///nope.sock"));
        assertThat(container.error()).isEmpty();
        assertThat(container.firstError()).hasValueSatisfying(e -> assertThat(e).contains("ocker", "nope.sock"));
        assertThat(container.running()).isFalse();
    }

    @Test
    void keepsAllLinesOfAnErrorAndTheNodeAfterIt() {
        Inspection builder = InspectParser.parse("""
                Name:   two
                Driver: remote

                Nodes:
                Name:     two0
                Endpoint: tcp://10.0.0.1:1234
                Error:    cannot dial
                because: of many reasons
                	and more

                Name:     two1
                Endpoint: tcp://10.0.0.2:1234
                Status:   running
                """);

        assertThat(builder.nodes()).extracting(InspectedNode::name).containsExactly("two0", "two1");
        assertThat(builder.nodes().get(0).error()).contains("cannot dial\nbecause: of many reasons\n\tand more");
        assertThat(builder.nodes().get(1).running()).isTrue();
    }

    @Test
    void tellsNativePlatformsFromEmulatedOnes() {
        InspectedNode arm =
                Fixtures.inspection("kubernetes-handmade-buildx-0.36.1").nodes().get(0);
        InspectedNode fixed =
                Fixtures.inspection("container-running-buildx-0.36.1").nodes().get(0);

        assertThat(arm.nativePlatforms()).extracting(Platform::render).contains("linux/arm64", "linux/arm/v7");
        assertThat(fixed.nativePlatforms()).extracting(Platform::render).contains("linux/amd64", "linux/386");
        assertThat(fixed.foreignPlatforms()).extracting(Platform::render).containsExactly("linux/arm64");
    }

    @Test
    void readsTheKeysThatOldBuildxUsed() {
        InspectedNode node = InspectParser.parse("""
                Name:   old
                Driver: docker-container

                Nodes:
                Name:      old0
                Endpoint:  unix:///var/run/docker.sock
                Status:    running
                Flags:     --debug
                Buildkit:  v0.10.4
                Platforms: linux/amd64
                """).nodes().get(0);

        assertThat(node.flags()).isEqualTo("--debug");
        assertThat(node.buildkit()).contains("v0.10.4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "Nodes:", ":", " > stray", "Name:\nNodes:\nStatus: x\n\nPlatforms:"})
    void makesOfAnyTextWhatItCan(String text) {
        assertThat(InspectParser.parse(text).running()).isFalse();
    }

    @Test
    void neverShowsDriverOptions() {
        Inspection builder = new Inspection(
                "b", "remote", Optional.empty(), List.of(Nodes.with(Map.of("env.TOKEN", "hunter2"), "", Map.of())));

        assertThat(builder.toString()).contains("env.TOKEN").doesNotContain("hunter2");
        assertThat(new BuilderSummary(builder).toString()).doesNotContain("hunter2");
        assertThat(new BuilderSummary(builder).nodesJson())
                .contains("env.TOKEN")
                .doesNotContain("hunter2");
    }

    @Test
    void tellsOfNodesWithThePeersKeys() {
        BuilderSummary summary = new BuilderSummary(new Inspection(
                "b",
                "docker-container",
                Optional.empty(),
                List.of(Nodes.with(Map.of("network", "host"), "--debug", Map.of()))));

        assertThat(summary.nodesJson())
                .isEqualTo("[{\"name\":\"b0\",\"endpoint\":\"unix:///var/run/docker.sock\","
                        + "\"driver-opts\":[\"network=host\"],\"status\":\"running\","
                        + "\"buildkitd-flags\":\"--debug\",\"buildkit\":\"v0.32.2\","
                        + "\"platforms\":\"linux/amd64,linux/386\"}]");
    }
}
