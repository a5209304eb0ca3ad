package io.buildkitci.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.install.InstallFailure.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whose word counts for what a file should be. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes")
class InstallerTrustTest {
    @AutoClose
    private final Installing tools;

    InstallerTrustTest(@TempDir Path root) {
        this.tools = new Installing(root);
    }

    @Test
    void aWrongChecksumInstallsNothingAndNamesBoth() throws Exception {
        String sum = ReleaseServer.sha256(new byte[] {1});
        tools.server
                .file(Installing.BUILDX, Installing.FILE, Installing.PROGRAM)
                .sums(Installing.BUILDX, Installing.FILE, sum);

        InstallFailure failure = Installing.failed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror()));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(failure.text())
                .contains("should be " + sum, "is " + ReleaseServer.sha256(Installing.PROGRAM), Installing.FILE);
        assertThat(tools.kept()).isEmpty();
    }

    @Test
    void theChecksumThatCameWithUsCountsWhateverAMirrorSays() throws Exception {
        tools.publish(Tool.BUILDX.tested(), Installing.PROGRAM);

        InstallFailure failure = Installing.failed(tools.install(Tool.BUILDX, "v0.36.1", tools.server.mirror()));

        assertThat(failure.text())
                .contains(Release.pinned("buildx-v0.36.1.linux-amd64").orElseThrow());
        assertThat(tools.server.asked()).noneMatch(path -> path.endsWith("checksums.txt"));
        assertThat(tools.kept()).isEmpty();
    }

    /** Somebody who may write to the tool cache can change both, the program and its folder's sums. */
    @Test
    void aProgramOfAKnownReleaseIsNotTakenOnTheWordOfItsFolder() throws Exception {
        Path folder = Files.createDirectories(tools.cache().resolve("buildx/v0.36.1-linux-amd64"));
        Path program = Files.write(folder.resolve("docker-buildx"), Installing.PROGRAM);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("SHA256SUMS"), ReleaseServer.sha256(Installing.PROGRAM) + "  docker-buildx\n");

        Installing.failed(tools.install(Tool.BUILDX, "v0.36.1", tools.server.mirror()));

        assertThat(tools.log).anyMatch(line -> line.contains("is not what was put there"));
    }

    @Test
    void withoutAnyChecksumNothingIsFetched() throws Exception {
        tools.server.file(Installing.BUILDX, Installing.FILE, Installing.PROGRAM);

        InstallFailure failure =
                Installing.failed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.github(Optional.empty())));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(failure.text()).contains("nobody says what").contains(Installing.FILE);
        assertThat(tools.server.asked()).noneMatch(path -> path.endsWith(Installing.FILE));
        assertThat(tools.kept()).isEmpty();
    }

    @Test
    void theProvenanceOfAFileTellsItsChecksum() throws Exception {
        byte[] archive = ReleaseServer.tarGz(Map.of(
                "bin/buildkitd", new byte[] {1}, "bin/buildctl", new byte[] {2}, "bin/buildkit-runc", new byte[] {3}));
        String file = Installing.BUILDKIT.file(Installing.LINUX).orElseThrow();
        tools.server
                .file(Installing.BUILDKIT, file, archive)
                .page(
                        ReleaseServer.path(Installing.BUILDKIT, "buildkit-v9.9.9.linux-amd64.provenance.json"),
                        "{\"subject\":[{\"name\":\"" + file + "\",\"digest\":{\"sha256\":\""
                                + ReleaseServer.sha256(archive) + "\"}}]}");

        assertThat(Installing.installed(tools.install(Tool.BUILDKIT, "v9.9.9", tools.server.mirror()))
                        .fetched())
                .isTrue();
    }

    @Test
    void gitHubTellsTheChecksumOfAFile() throws Exception {
        tools.server
                .file(Installing.BUILDX, Installing.FILE, Installing.PROGRAM)
                .page(
                        "/api/repos/docker/buildx/releases/tags/v9.9.9",
                        "{\"tag_name\":\"v9.9.9\",\"assets\":[{\"name\":\"" + Installing.FILE
                                + "\",\"digest\":\"sha256:" + ReleaseServer.sha256(Installing.PROGRAM) + "\"}]}");

        assertThat(Installing.installed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.github(Optional.empty())))
                        .fetched())
                .isTrue();
    }

    @Test
    void aTokenIsShownNowhere() {
        assertThat(Arrays.asList(tools.server.github(Optional.of("s3cr3t")).toString()))
                .noneMatch(text -> text.contains("s3cr3t"));
    }
}
