package io.buildkitci.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.install.InstallFailure.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a release, and taken again without the network. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes")
class InstallerTest {
    private final Path root;

    @AutoClose
    private final Installing tools;

    InstallerTest(@TempDir Path root) {
        this.root = root;
        this.tools = new Installing(root);
    }

    @Test
    void aProgramIsVerifiedAndKept() throws Exception {
        tools.publish(Installing.BUILDX, Installing.PROGRAM);

        Installation.Installed buildx =
                Installing.installed(tools.install(Tool.BUILDX, "9.9.9", tools.server.mirror()));

        assertThat(buildx.fetched()).isTrue();
        assertThat(buildx.release()).isEqualTo(Installing.BUILDX);
        assertThat(buildx.program())
                .isEqualTo(tools.cache().resolve("buildx/v9.9.9-linux-amd64/docker-buildx"))
                .isExecutable()
                .hasBinaryContent(Installing.PROGRAM);
        assertThat(tools.kept())
                .containsExactly("buildx/v9.9.9-linux-amd64/SHA256SUMS", "buildx/v9.9.9-linux-amd64/docker-buildx");
    }

    @Test
    void anArchiveIsUnpacked() throws Exception {
        byte[] archive = ReleaseServer.tarGz(Map.of(
                "bin/buildkitd", "d".getBytes(UTF_8),
                "bin/buildctl", "c".getBytes(UTF_8),
                "bin/buildkit-runc", "r".getBytes(UTF_8),
                "bin/buildkit-qemu-arm", "q".getBytes(UTF_8)));
        tools.publish(Installing.BUILDKIT, archive);

        Installation.Installed buildkit =
                Installing.installed(tools.install(Tool.BUILDKIT, "v9.9.9", tools.server.mirror()));

        assertThat(buildkit.program()).isEqualTo(buildkit.folder().resolve("bin/buildkitd"));
        assertThat(buildkit.folder().resolve("bin")).isDirectoryContaining("glob:**/buildkit-qemu-arm");
        assertThat(buildkit.folder().resolve("bin/buildctl")).isExecutable().hasContent("c");
    }

    @Test
    void anArchiveWithoutItsProgramsInstallsNothing() throws Exception {
        tools.publish(Installing.BUILDKIT, ReleaseServer.tarGz(Map.of("bin/buildctl", new byte[] {1})));

        InstallFailure failure = Installing.failed(tools.install(Tool.BUILDKIT, "v9.9.9", tools.server.mirror()));

        assertThat(failure.text()).contains("there is no bin/buildkitd in http://");
        assertThat(tools.kept()).isEmpty();
    }

    @Test
    void anArchiveThatLeadsOutsideInstallsNothing() throws Exception {
        tools.publish(Installing.BUILDKIT, ReleaseServer.tarGz(Map.of("../../evil", new byte[] {1})));

        InstallFailure failure = Installing.failed(tools.install(Tool.BUILDKIT, "v9.9.9", tools.server.mirror()));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(failure.text()).contains("'../../evil' in it leads outside");
        assertThat(tools.kept()).isEmpty();
        assertThat(root.resolve("evil")).doesNotExist();
    }

    @Test
    void nothingIsAskedOfTheNetworkForWhatIsThere() throws Exception {
        tools.publish(Installing.BUILDX, Installing.PROGRAM);
        tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror());
        tools.server.forget();

        Installation.Installed again =
                Installing.installed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror()));

        assertThat(again.fetched()).isFalse();
        assertThat(again.program()).hasBinaryContent(Installing.PROGRAM);
        assertThat(tools.server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "gone", "no sums", "no program", "not executable"})
    void whatIsDamagedIsFetchedAnew(String damage) throws Exception {
        tools.publish(Installing.BUILDX, Installing.PROGRAM);
        Path program = Installing.installed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror()))
                .program();
        Path sums = program.resolveSibling("SHA256SUMS");
        switch (damage) {
            case "changed" -> Files.write(program, new byte[] {1}, java.nio.file.StandardOpenOption.APPEND);
            case "gone" -> Files.delete(program);
            case "no sums" -> Files.delete(sums);
            case "no program" -> Files.writeString(sums, "");
            default -> assertThat(program.toFile().setExecutable(false, false)).isTrue();
        }

        Installation.Installed again =
                Installing.installed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror()));

        assertThat(again.fetched()).isTrue();
        assertThat(tools.log).anyMatch(line -> line.contains("is not what was put there"));
        assertThat(again.program()).isExecutable().hasBinaryContent(Installing.PROGRAM);
        assertThat(tools.kept()).hasSize(2);
    }

    @Test
    void aFolderThatTakesNothingIsNamed() throws Exception {
        tools.publish(Installing.BUILDX, Installing.PROGRAM);
        Files.writeString(tools.cache(), "a file in the place of the folder");

        InstallFailure failure = Installing.failed(tools.install(Tool.BUILDX, "v9.9.9", tools.server.mirror()));

        assertThat(failure.reason()).isEqualTo(Reason.NOT_KEPT);
        assertThat(failure.text()).contains(tools.cache().toString());
        assertThat(failure.advice()).contains("RUNNER_TOOL_CACHE");
    }
}
