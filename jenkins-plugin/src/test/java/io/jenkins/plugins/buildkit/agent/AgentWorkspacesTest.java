package io.jenkins.plugins.buildkit.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.FilePath;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.Workspaces;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.process.WorkspacesContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes and owners")
class AgentWorkspacesTest implements WorkspacesContract {
    private final CountingChannel channel = new CountingChannel();

    @TempDir
    Path base;

    private AgentWorkspaces of(String run, Runs runs) {
        Reach reach = new Reach(new FilePath(channel, base.resolve("Ünser job").toString()));
        return new AgentWorkspaces(reach, temporary().toString(), run, runs);
    }

    private Path temporary() {
        return base.resolve("Ünser job@tmp");
    }

    @Override
    public Workspaces workspaces() {
        return of("job#1", Runs.NONE);
    }

    @Override
    public HostFiles files() {
        return new LocalFiles();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void onlyItsOwnerMayEnterReadAndRun() throws IOException {
        try (Workspace workspace = workspaces().open()) {
            assertThat(mode(workspace.path())).isEqualTo("rwx------");
            assertThat(mode(workspace.write("secret", "s3cr3t"))).isEqualTo("rw-------");
            assertThat(mode(workspace.writeExecutable("program", "x".getBytes(UTF_8))))
                    .isEqualTo("rwx------");
            assertThat(mode(temporary())).startsWith("rwxr-x");
        }
    }

    @Test
    void oneIsTakenUpAgainByItsPath() throws IOException {
        Workspace first = workspaces().open();
        first.write("kept", "text");
        channel.takeCalls();

        Workspace again = of("job#1", Runs.NONE).of(Path.of(first.path().toString()));
        assertThat(channel.takeCalls()).isZero();
        again.write("more", "text");
        again.close();

        assertThat(first.path()).doesNotExist();
    }

    @Test
    void aDirectoryThatIsNotOursIsNotTaken() {
        assertThatThrownBy(() -> of("job#1", Runs.NONE).of(base)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Opens one for each build, and one for the build that looks; tells which are there then. */
    private void assertLeft(Map<String, Runs.State> states, Duration unchanged, String... left) throws IOException {
        for (String run : states.keySet()) {
            Path path = of(run.strip(), asked -> Runs.State.BUILDING).open().path();
            FileTime time = FileTime.from(Instant.now().minus(unchanged));
            Files.setLastModifiedTime(path.resolve(WorkspaceWork.OWNER), time);
            Files.setLastModifiedTime(path, time);
        }
        of("job#1", run -> states.getOrDefault(run, Runs.State.UNKNOWN)).open().close();
        assertThat(files().list(temporary()))
                .extracting(name -> Files.readString(temporary().resolve(name).resolve(WorkspaceWork.OWNER)))
                .containsExactlyInAnyOrder(left);
    }

    @Test
    void removesThoseOfBuildsThatAreOverAndNoOther() throws IOException {
        assertLeft(
                Map.of(
                        "over#1", Runs.State.OVER,
                        "building#2", Runs.State.BUILDING,
                        "unknown#3", Runs.State.UNKNOWN,
                        "job#1", Runs.State.BUILDING),
                Duration.ofHours(20),
                "building#2",
                "unknown#3",
                "job#1");
    }

    @Test
    void removesThoseOfNobodyOnlyAfterAWeekOfSilence() throws IOException {
        assertLeft(
                Map.of("unknown#3", Runs.State.UNKNOWN, "building#2", Runs.State.BUILDING, " ", Runs.State.UNKNOWN),
                Duration.ofDays(8),
                "building#2");
    }

    @Test
    void leavesAloneWhatIsNotADirectoryOfOurs() throws IOException {
        Path elsewhere = Files.createDirectory(base.resolve("elsewhere"));
        Files.createDirectories(temporary());
        Files.createSymbolicLink(temporary().resolve("buildkit-ci-link"), elsewhere);
        Files.createFile(temporary().resolve("buildkit-ci-file"));
        Files.createDirectory(temporary().resolve("secretFiles"));

        of("job#1", run -> Runs.State.OVER).open().close();

        assertThat(files().list(temporary())).containsExactly("buildkit-ci-file", "buildkit-ci-link", "secretFiles");
    }

    @Test
    void openingWritingAndClosingAreOneRoundTripEach() throws IOException {
        try (Workspace workspace = workspaces().open()) {
            workspace.write("one", "x");
        }

        assertThat(channel.takeCalls()).isEqualTo(3);
    }
}
