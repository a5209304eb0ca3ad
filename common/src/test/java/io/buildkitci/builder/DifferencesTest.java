package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static Inspection builder(InspectedNode... nodes) {
        return new Inspection("b", "docker-container", Optional.empty(), List.of(nodes));
    }

    @Test
    void findsNoneInADefinitionThatTwoBuildxRenderDifferently() {
        assertThat(Differences.between(
                        Fixtures.inspection("container-running-buildx-0.29.1"),
                        Fixtures.inspection("container-inactive-buildx-0.36.1")))
                .isEmpty();
    }

    @Test
    void saysOfEachWhatItHasAndWhatWasAskedFor() {
        Inspection has = builder(Nodes.with(
                Map.of("network", "host", "memory", "1g"), "--debug", Map.of("buildkitd.toml", "debug = true\n")));
        Inspection asked = builder(Nodes.with(Map.of("network", "bridge"), "", Map.of()));

        assertThat(Differences.between(has, asked))
                .containsExactly(
                        "driver-opts memory: has 1g, asked for none",
                        "driver-opts network: has host, asked for bridge",
                        "buildkitd-flags: has --debug, asked for none",
                        "buildkitd-config: its content is another one");
    }

    @Test
    void neverShowsVariablesOfTheDaemon() {
        Inspection has = builder(Nodes.with(Map.of("env.TOKEN", "hunter2"), "", Map.of()));
        Inspection asked = builder(Nodes.with(Map.of("env.TOKEN", "hunter3"), "", Map.of()));

        assertThat(Differences.between(has, asked)).containsExactly("driver-opts env.TOKEN: has another value");
    }

    @Test
    void namesTheNodeWhereThereAreSeveral() {
        assertThat(Differences.between(
                        Fixtures.inspection("container-two-nodes-buildx-0.36.1"),
                        Fixtures.inspection("container-two-nodes-buildx-0.29.1")))
                .isEmpty();
        assertThat(Differences.between(
                        Fixtures.inspection("remote-two-nodes-buildx-0.36.1"),
                        Fixtures.inspection("remote-running-buildx-0.36.1")))
                .containsExactly("nodes: has rec-rem0, other, asked for rec-rem0");
    }

    @Test
    void comparesNothingElseOfAnotherDriver() {
        assertThat(Differences.between(
                        Fixtures.inspection("remote-running-buildx-0.36.1"),
                        Fixtures.inspection("container-inactive-buildx-0.36.1")))
                .containsExactly("driver: has remote, asked for docker-container");
    }
}
