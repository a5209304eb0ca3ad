package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeLogsTest {
    private static final String LOGS = "docker logs --tail 500 buildx_buildkit_rec-rec0";

    private final ScriptedBuilders scripted = new ScriptedBuilders();

    @AfterEach
    void everythingExpectedHappened() {
        scripted.assertEverythingExpectedHappenedAndNoPrivateDirectoryIsLeft();
    }

    @Test
    void readsWhatEveryNodesDaemonWroteLast() throws Exception {
        scripted.isRemembered("docker-container");
        scripted.runner.says(LOGS, "", "level=info msg=\"running server\"\nlevel=warning msg=" + "x".repeat(3000));

        List<NodeLog> logs = scripted.builders().logs("REC-rec");

        assertThat(logs).singleElement().satisfies(log -> {
            assertThat(log.node()).isEqualTo("rec-rec0");
            assertThat(log.failure()).isEmpty();
            assertThat(log.lines()).hasSize(2).first().isEqualTo("level=info msg=\"running server\"");
            assertThat(log.lines().get(1)).hasSize(2001).endsWith("x…");
        });
    }

    @Test
    void asksTheEngineThatTheNodeIsOn() throws Exception {
        scripted.isRemembered("docker-container", "work");
        scripted.runner.says(LOGS.replace("docker ", "docker --context work "), "");

        assertThat(scripted.builders().logs("rec-rec"))
                .containsExactly(new NodeLog("rec-rec0", List.of(), Optional.empty()));
    }

    @Test
    void saysWhyThereAreNone() throws Exception {
        scripted.isRemembered("docker-container");
        scripted.runner.fails(LOGS, "Error response from daemon: No such container: buildx_buildkit_rec-rec0");

        assertThat(scripted.builders().logs("rec-rec"))
                .containsExactly(new NodeLog(
                        "rec-rec0",
                        List.of(),
                        Optional.of("Error response from daemon: No such container: buildx_buildkit_rec-rec0")));
    }

    @Test
    void otherBuildersHaveNone() throws Exception {
        scripted.isRemembered("remote");

        assertThat(scripted.builders().logs("rec-rec")).isEmpty();
        assertThat(scripted.builders().logs("nobody")).isEmpty();
    }

    @Test
    void aBuilderIsThereWhenBuildxRemembersIt() {
        scripted.isRemembered("remote");

        assertThat(scripted.builders().exists("REC-rec")).isTrue();
        assertThat(scripted.builders().exists("nobody")).isFalse();
        assertThat(scripted.builders().exists("../rec-rec")).isFalse();
    }
}
