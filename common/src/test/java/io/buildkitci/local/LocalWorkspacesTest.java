package io.buildkitci.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Workspaces;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.process.WorkspacesContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes and owners")
class LocalWorkspacesTest implements WorkspacesContract {
    @TempDir
    Path base;

    @Override
    public Workspaces workspaces() {
        return new LocalWorkspaces(base);
    }

    @Override
    public HostFiles files() {
        return new LocalFiles();
    }

    /** Opens a workspace, says where, and waits to be killed. */
    public static final class Holder {
        public static void main(String[] arguments) throws Exception {
            Workspace workspace = new LocalWorkspaces(Path.of(arguments[0])).open();
            workspace.write("secret", "s3cr3t");
            System.out.println(workspace.path());
            Thread.sleep(60_000);
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** What there is after somebody has opened a workspace and closed it again. */
    private List<String> leftAfterTheNext() throws IOException {
        workspaces().open().close();
        return files().list(base);
    }

    @Test
    void onlyItsOwnerMayEnterReadAndRun() throws Exception {
        try (Workspace workspace = workspaces().open()) {
            assertThat(mode(workspace.path())).isEqualTo("rwx------");
            assertThat(mode(workspace.write("secret", "s3cr3t"))).isEqualTo("rw-------");
            Path program = workspace.writeExecutable("program", "#!/bin/sh\nexit 7\n".getBytes(UTF_8));
            assertThat(mode(program)).isEqualTo("rwx------");
            assertThat(new LocalProcessRunner()
                            .capture(Command.of(program.toString()))
                            .outcome())
                    .isEqualTo(new Outcome.Exited(7));
        }
    }

    @Test
    void itsNameTellsWhoseItIs() throws IOException {
        try (Workspace workspace = workspaces().open()) {
            assertThat(workspace.path().getFileName().toString())
                    .matches("buildkit-ci-" + ProcessHandle.current().pid() + "-[0-9a-f]{16}");
        }
    }

    @Test
    void removesWhatAKilledProcessLeftAndKeepsWhatALivingOneHolds() throws IOException {
        try (Workspace ours = workspaces().open();
                ChildJvm living = ChildJvm.start(Holder.class, base.toString());
                ChildJvm killed = ChildJvm.start(Holder.class, base.toString())) {
            Path itsWorkspace = Path.of(living.line());
            Path abandoned = Path.of(killed.line());
            assertThat(leftAfterTheNext()).hasSize(3);

            killed.kill();

            assertThat(leftAfterTheNext())
                    .containsExactlyInAnyOrder(
                            ours.path().getFileName().toString(),
                            itsWorkspace.getFileName().toString())
                    .doesNotContain(abandoned.getFileName().toString());
            assertThat(files().read(itsWorkspace.resolve("secret"))).contains("s3cr3t");
        }
    }

    @Test
    void endsWhatAKilledProcessHadStartedForItsWorkspaceAndNothingElse() throws Exception {
        Process another = new ProcessBuilder("sleep", "61").start();
        try (ChildJvm killed = ChildJvm.start(Holder.class, base.toString())) {
            Path abandoned = Path.of(killed.line());
            Process orphan = new ProcessBuilder("sh", "-c", "sleep 60; :", abandoned + "/metadata.json").start();
            ProcessBuilder marked = new ProcessBuilder("sleep", "62");
            marked.environment().put("ANY", abandoned + "/");
            Process other = marked.start();
            assertThat(leftAfterTheNext()).hasSize(1);
            assertThat(orphan.isAlive()).isTrue();
            assertThat(other.isAlive()).isTrue();

            killed.kill();
            assertThat(leftAfterTheNext()).isEmpty();

            assertThat(orphan.waitFor()).isNotZero();
            assertThat(other.waitFor()).isNotZero();
            assertThat(another.isAlive()).isTrue();
        } finally {
            another.destroyForcibly();
        }
    }

    @Test
    void removesWhatAKilledProcessWasWritingElsewhereAndOnlyThat() throws IOException {
        Path results = Files.createDirectory(base.resolve("results"));
        Path own = Files.createFile(results.resolve(".app.tar.fresh-buildkit-ci-1-dead"));
        Path another = Files.createFile(results.resolve("app.tar"));
        Path dead = Files.createDirectory(base.resolve("buildkit-ci-1-dead"));
        Files.createFile(dead.resolve(".lock"));
        Files.writeString(dead.resolve(".elsewhere"), own + "\0" + another);

        assertThat(leftAfterTheNext()).containsExactly("results");

        assertThat(own).doesNotExist();
        assertThat(another).exists();
    }

    @Test
    void whatIsWrittenElsewhereIsNotedWhole() throws IOException {
        try (Workspace workspace = workspaces().open()) {
            workspace.noteElsewhere(List.of(Path.of("a b\n.fresh"), base.resolve("x")));

            assertThat(Files.readString(workspace.path().resolve(".elsewhere")))
                    .isEqualTo(Path.of("a b\n.fresh").toAbsolutePath() + "\0" + base.resolve("x"));
        }
    }

    @Test
    void removesOneThatWasNeverFinishedOnceItIsOld() throws IOException {
        Path young = Files.createDirectory(base.resolve("buildkit-ci-1-young"));
        Path old = Files.createDirectory(base.resolve("buildkit-ci-1-old"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));

        assertThat(leftAfterTheNext()).containsExactly(young.getFileName().toString());
    }

    @Test
    void leavesAloneWhatIsNotADirectoryOfThisUser() throws IOException {
        Path elsewhere = Files.createDirectory(base.resolve("elsewhere"));
        Files.createFile(elsewhere.resolve(".lock"));
        Files.createSymbolicLink(base.resolve("buildkit-ci-1-link"), elsewhere);
        Files.createFile(base.resolve("buildkit-ci-1-file"));

        assertThat(leftAfterTheNext()).containsExactly("buildkit-ci-1-file", "buildkit-ci-1-link", "elsewhere");
        assertThat(files().list(elsewhere)).containsExactly(".lock");
    }

    @Test
    void leavesAloneWhatBelongsToAnother() throws IOException {
        Path others = Files.createDirectory(base.resolve("buildkit-ci-1-others"));
        Files.createFile(others.resolve(".lock"));
        assumeTrue(isGivenAway(others), "only root gives directories away");

        assertThat(leftAfterTheNext()).containsExactly("buildkit-ci-1-others");
    }

    private static boolean isGivenAway(Path directory) {
        try {
            Files.setAttribute(directory, "unix:uid", 65534);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
