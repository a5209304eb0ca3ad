package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.install.InstallFailure.Reason;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.model.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which release is taken, and what is said where there is none. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes")
class ReleaseChoiceTest {
    @AutoClose
    private final Installing tools;

    ReleaseChoiceTest(@TempDir Path root) {
        this.tools = new Installing(root);
    }

    @ParameterizedTest
    @CsvSource({
        "latest,            v0.40.1",
        "edge,              v0.41.0-rc2",
        "0.39,              v0.39.2",
        "^0.39.0,           v0.39.2",
        "~0.40.0,           v0.40.1",
        "'>=0.9 <0.39',     v0.38.0",
        "0.38.x || 0.39.0,  v0.39.0",
        "'0.38.0 - 0.39.1', v0.39.0",
    })
    void findsTheNewestThatIsWanted(String wanted, String version) throws Exception {
        tools.server.list(
                Tool.BUILDX,
                "v0.39.2",
                "v0.40.0",
                "dockerfile/1.9.0",
                "v0.41.0-rc1",
                "v0.41.0-rc2",
                "v0.40.1",
                "v0.42.0-draft",
                "v0.38.0",
                "v0.39.0");
        tools.publish(new Release(Tool.BUILDX, version), Installing.PROGRAM);

        for (Source source : List.of(tools.server.mirror(), tools.server.github(Optional.empty()))) {
            assertThat(Installing.installed(tools.install(Tool.BUILDX, wanted, source))
                            .release()
                            .version())
                    .isEqualTo(version);
        }
    }

    @Test
    void aRangeWithoutReleaseSaysWhichIsTheNewest() throws Exception {
        tools.server.list(Tool.BUILDX, "v0.40.1", "v0.41.0");

        InstallFailure failure = Installing.failed(tools.install(Tool.BUILDX, "^0.50.0", tools.server.mirror()));

        assertThat(failure.text()).isEqualTo("no release of buildx is '^0.50.0'");
        assertThat(failure.advice()).contains("v0.41.0");
    }

    @Test
    void anArchitectureThatIsNotPublishedIsNamedBeforeAnythingIsAsked() throws Exception {
        InstallFailure failure = Installing.failed(tools.install(
                Tool.BUILDX, "v9.9.9", tools.server.mirror(), new Platform("linux", "mips64le", ""), new LocalFiles()));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_PUBLISHED);
        assertThat(failure.text()).isEqualTo("buildx is not published for linux/mips64le");
        assertThat(tools.server.asked()).isEmpty();
    }

    @Test
    void aReleaseWithoutAFileForThisArchitectureIsNamed() throws Exception {
        tools.server.sums(Installing.BUILDX, Installing.FILE, ReleaseServer.sha256(Installing.PROGRAM));

        InstallFailure failure = Installing.failed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror()));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_PUBLISHED);
        assertThat(failure.text()).startsWith("there is nothing at http://").endsWith("v9.9.9/" + Installing.FILE);
        assertThat(tools.pauses).isEmpty();
        assertThat(tools.kept()).isEmpty();
    }
}
