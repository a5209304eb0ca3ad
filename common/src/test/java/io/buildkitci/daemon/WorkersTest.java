package io.buildkitci.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.InspectedNode;
import io.buildkitci.model.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    @Test
    void readsWhatADaemonSaysOfItself() throws IOException {
        Workers workers = Workers.parse(recorded()).orElseThrow();
        InspectedNode node = workers.node("ci", "unix:///run/ci.sock", "--debug");

        assertThat(node.buildkit()).contains("v0.32.2");
        assertThat(node.nativePlatforms())
                .extracting(Platform::render)
                .containsExactly("linux/amd64", "linux/amd64/v2", "linux/amd64/v3", "linux/amd64/v4", "linux/386");
        assertThat(node.facts().status()).isEqualTo("running");
        assertThat(node.facts().platforms().get(0).render()).isEqualTo("linux/amd64");
        assertThat(workers.labels()).containsEntry("org.mobyproject.buildkit.worker.snapshotter", "overlayfs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "no json", "{}", "[1]"})
    void seesThatNothingIsSaid(String text) {
        assertThat(Workers.parse(text)).isEmpty();
    }

    @Test
    void aDaemonBeforeVersionsWereToldHasNone() {
        Workers workers = Workers.parse(
                        "[{\"platforms\":[{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"}]}]")
                .orElseThrow();

        assertThat(workers.buildkit()).isEmpty();
        assertThat(workers.platforms()).containsExactly("linux/arm/v7");
    }

    private static String recorded() throws IOException {
        try (var text = WorkersTest.class.getResourceAsStream("/daemon/workers-buildctl-0.32.2.json")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
