package io.buildkitci.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links and modes")
class WholeFileTest {
    private static final int LARGE = 2_000_000;

    @TempDir
    Path root;

    private Path here;
    private Path noted;

    @BeforeEach
    void make() throws IOException {
        here = Files.createDirectory(root.resolve("here"));
        noted = Files.createDirectory(root.resolve("noted"));
    }

    private void write(Path file) throws IOException {
        write(file, "new", noted);
    }

    private static void write(Path file, String content, Path noted) throws IOException {
        new WholeFile(file, new LocalFiles(), new LocalWorkspaces(noted)).write(content.getBytes(UTF_8));
    }

    private List<String> names() {
        return new LocalFiles().list(here);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void aNewOneHasThePermissionsThatAnyFileGets() throws IOException {
        write(here.resolve("new.json"));

        assertThat(permissions(here.resolve("new.json"))).isEqualTo(permissions(Files.createFile(root.resolve("any"))));
        assertThat(names()).containsExactly("new.json");
        assertThat(noted).isEmptyDirectory();
    }

    @Test
    void oneThatIsThereHandsDownItsPermissions() throws IOException {
        Path old = Files.writeString(here.resolve("old.json"), "old, and longer");
        Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-rw---x"));

        write(old);

        assertThat(old).hasContent("new");
        assertThat(permissions(old)).isEqualTo("rw-rw---x");
    }

    @Test
    void linksAreFollowedToTheEnd() throws IOException {
        Path far = Files.createDirectories(root.resolve("far/away"));
        Files.writeString(far.resolve("real.json"), "old");
        Files.createSymbolicLink(root.resolve("far/next.json"), Path.of("away/real.json"));
        Path link = Files.createSymbolicLink(here.resolve("link.json"), Path.of("../far/next.json"));
        Path dangling = Files.createSymbolicLink(here.resolve("dangling.json"), far.resolve("first.json"));

        write(link);
        write(dangling);

        assertThat(List.of(link, dangling)).allMatch(Files::isSymbolicLink);
        assertThat(far.resolve("real.json")).isRegularFile().hasContent("new");
        assertThat(far.resolve("first.json")).isRegularFile().hasContent("new");
        assertThat(new LocalFiles().list(far)).containsExactly("first.json", "real.json");
    }

    @Test
    void linksInACircleAreRefused() throws IOException {
        Path one = Files.createSymbolicLink(here.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(here.resolve("two"), Path.of("one"));

        assertThatThrownBy(() -> write(one)).isInstanceOf(FileSystemLoopException.class);
        assertThat(names()).containsExactly("one", "two");
    }

    @Test
    void aDeviceIsWrittenTo() throws IOException {
        Path nothing = Files.createSymbolicLink(here.resolve("nothing"), Path.of("/dev/null"));

        write(nothing);

        assertThat(nothing).isSymbolicLink();
        assertThat(Files.isRegularFile(nothing)).isFalse();
        assertThat(names()).containsExactly("nothing");
        Files.delete(nothing);
    }

    @Test
    void anOpenFileOfAProcessIsWrittenTo() throws Exception {
        Path shown = here.resolve("shown");
        Process open = new ProcessBuilder("sh", "-c", "echo; exec sleep 60")
                .redirectOutput(shown.toFile())
                .start();
        try {
            while (Files.size(shown) == 0 && open.isAlive()) {
                Thread.onSpinWait(); // it has not said its line yet, which would go over ours
            }
            write(Path.of("/proc/" + open.pid() + "/fd/1"));
        } finally {
            open.destroyForcibly().waitFor();
        }
        assertThat(shown).hasContent("new");
        assertThat(names()).containsExactly("shown");
    }

    @Test
    void whereNoNoteCanBeMadeItIsWrittenAllTheSame() throws IOException {
        write(here.resolve("new.json"), "new", root.resolve("none"));

        assertThat(here.resolve("new.json")).hasContent("new");
        assertThat(names()).containsExactly("new.json");
    }

    /** Puts a large file in the place of another, for ever, and says a line after each. */
    public static final class Writing {
        public static void main(String[] arguments) throws IOException {
            for (int i = 0; ; i++) {
                write(Path.of(arguments[0]), Integer.toString(i % 10).repeat(LARGE), Path.of(arguments[1]));
                System.out.println("written");
            }
        }
    }

    @Test
    void aProcessKilledAtAnyMomentLeavesOneWholeFileAndNothingElse() throws Exception {
        Path file = here.resolve("report.json");
        Random random = new Random(5);
        for (int round = 0; round < 6; round++) {
            try (ChildJvm jvm = ChildJvm.start(Writing.class, file.toString(), noted.toString())) {
                for (int i = random.nextInt(50); i >= 0; i--) {
                    assertThat(jvm.line()).isEqualTo("written");
                }
            }
            Workspace next = new LocalWorkspaces(noted).open();
            next.close();

            String content = Files.readString(file);
            assertThat(content).hasSize(LARGE);
            assertThat(content.chars().distinct().count()).isOne();
            assertThat(names()).containsExactly("report.json");
            assertThat(noted).isEmptyDirectory();
        }
    }
}
