package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.install.InstallFailure.Reason;
import io.buildkitci.install.ReleaseServer.Answers;
import io.buildkitci.install.ReleaseServer.BreaksOff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break off, refuse, send elsewhere or are in trouble. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes")
class DownloadTroubleTest {
    @AutoClose
    private final Installing tools;

    DownloadTroubleTest(@TempDir Path root) {
        this.tools = new Installing(root);
    }

    @Test
    void aDownloadThatBreaksOffIsTriedAgain() throws Exception {
        tools.publish(Installing.BUILDX, Installing.PROGRAM);
        tools.server.trouble(ReleaseServer.path(Installing.BUILDX, Installing.FILE), new BreaksOff(), new BreaksOff());

        assertThat(Installing.installed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror()))
                        .program())
                .hasBinaryContent(Installing.PROGRAM);
        assertThat(tools.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aDownloadThatAlwaysBreaksOffInstallsNothing() throws Exception {
        tools.publish(Installing.BUILDX, Installing.PROGRAM);
        BreaksOff breaks = new BreaksOff();
        tools.server.trouble(
                ReleaseServer.path(Installing.BUILDX, Installing.FILE), breaks, breaks, breaks, breaks, breaks);

        InstallFailure failure = Installing.failed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror()));

        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure.text()).contains(Installing.FILE + " was not to be had", "5 times");
        assertThat(tools.pauses).hasSize(4);
        assertThat(tools.kept()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void aServerInTroubleIsAskedAgain(int status) throws Exception {
        tools.publish(Installing.BUILDX, Installing.PROGRAM);
        tools.server.trouble(ReleaseServer.path(Installing.BUILDX, Installing.FILE), new Answers(status, Map.of()));

        assertThat(Installing.installed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror()))
                        .fetched())
                .isTrue();
        assertThat(tools.pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void aServerThatRefusesIsNotAskedAgain() throws Exception {
        tools.publish(Installing.BUILDX, Installing.PROGRAM);
        tools.server.trouble(ReleaseServer.path(Installing.BUILDX, Installing.FILE), new Answers(401, Map.of()));

        assertThat(Installing.failed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror()))
                        .text())
                .contains("it answered with status 401");
        assertThat(tools.pauses).isEmpty();
    }

    @Test
    void redirectsAreFollowedWithoutTheToken() throws Exception {
        try (ReleaseServer store = new ReleaseServer()) {
            tools.server
                    .list(Tool.BUILDX, "v9.9.9")
                    .sums(Installing.BUILDX, Installing.FILE, ReleaseServer.sha256(Installing.PROGRAM))
                    .redirect(
                            ReleaseServer.path(Installing.BUILDX, Installing.FILE),
                            store.address() + "/store/1?signature=x");
            store.page("/store/1?signature=x", Installing.PROGRAM);

            Installing.installed(tools.install(Tool.BUILDX, "latest", tools.server.github(Optional.of("s3cr3t"))));

            assertThat(tools.server.authorization("/api/repos/docker/buildx/releases?per_page=100&page=1"))
                    .isEqualTo("Bearer s3cr3t");
            assertThat(tools.server.authorization(ReleaseServer.path(Installing.BUILDX, Installing.FILE)))
                    .isEmpty();
            assertThat(store.authorization("/store/1?signature=x")).isEmpty();
        }
    }
}
