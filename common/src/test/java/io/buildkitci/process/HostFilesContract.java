package io.buildkitci.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link HostFiles} does. */
public interface HostFilesContract {
    HostFiles files();

    /** An empty directory. */
    Path root();

    void makeDirectory(Path directory) throws IOException;

    void makeExecutable(Path file) throws IOException;

    private void write(Path file, String content) throws IOException {
        files().write(file, content.getBytes(UTF_8));
    }

    private Path directoryWith(String name, String content) throws IOException {
        Path directory = root().resolve(name);
        makeDirectory(directory);
        write(directory.resolve("file"), content);
        return directory;
    }

    @Test
    default void readsWhatWasWritten() throws IOException {
        Path file = root().resolve("file");
        write(file, "漢\nlong");
        write(file, "é\n");

        assertThat(files().read(file)).contains("é\n");
    }

    @Test
    default void whatCannotBeReadIsEmpty() {
        assertThat(files().read(root().resolve("none"))).isEmpty();
        assertThat(files().read(root())).isEmpty();
    }

    @Test
    default void replacesWhatIsNotUtf8() throws IOException {
        files().write(root().resolve("file"), new byte[] {'a', (byte) 0xff});

        assertThat(files().read(root().resolve("file"))).contains("a\uFFFD");
    }

    @Test
    default void writesOnlyIntoADirectoryThatIsThere() {
        assertThatThrownBy(() -> write(root().resolve("none/file"), "x")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> write(root(), "x"))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(root().toString());
    }

    @Test
    default void putsAFileInThePlaceOfAnotherOrOfNoneAndLeavesNothingBeside() throws IOException {
        write(root().resolve("old.json"), "old, and longer");
        makeExecutable(root().resolve("old.json"));

        files().replace(root().resolve("old.json"), "new".getBytes(UTF_8));
        files().replace(root().resolve("new.json"), "first".getBytes(UTF_8));

        assertThat(files().read(root().resolve("old.json"))).contains("new");
        assertThat(files().isExecutable(root().resolve("old.json"))).isTrue();
        assertThat(files().read(root().resolve("new.json"))).contains("first");
        assertThat(files().isExecutable(root().resolve("new.json"))).isFalse();
        assertThat(files().list(root())).containsExactly("new.json", "old.json");
    }

    @Test
    default void putsNoFileInThePlaceOfADirectoryNorWhereThereIsNone() throws IOException {
        Path directory = directoryWith("out", "old");

        assertThatThrownBy(() -> files().replace(directory, new byte[0])).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> files().replace(root().resolve("none/file"), new byte[0]))
                .isInstanceOf(NoSuchFileException.class);

        assertThat(files().list(root())).containsExactly("out");
        assertThat(files().list(directory)).containsExactly("file");
    }

    @Test
    default void addsToTheEndOfAFileOrMakesIt() throws IOException {
        Path file = root().resolve("appended");
        files().append(file, "a\n".getBytes(UTF_8));
        files().append(file, "ü".getBytes(UTF_8));
        assertThat(files().read(file)).contains("a\nü");
        assertThatThrownBy(() -> files().append(root().resolve("none/file"), new byte[] {1}))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    default void aPrivateFileIsWrittenAnewWithTheDirectoriesItLiesIn() throws IOException {
        Path file = root().resolve("private/below/key.pem");
        files().writePrivate(file, "a longer one".getBytes(UTF_8));
        files().writePrivate(file, "key".getBytes(UTF_8));
        assertThat(files().read(file)).contains("key");
        assertThat(files().isDirectory(root().resolve("private/below"))).isTrue();
    }

    @Test
    default void listsNamesSorted() throws IOException {
        write(root().resolve("b"), "");
        makeDirectory(root().resolve("a"));
        write(root().resolve("a/below"), "");
        write(root().resolve(".c"), "");

        assertThat(files().list(root())).containsExactly(".c", "a", "b");
        assertThat(files().list(root().resolve("none"))).isEmpty();
        assertThat(files().list(root().resolve("b"))).isEmpty();
    }

    @Test
    default void tellsDirectoriesAndProgramsFromOtherFiles() throws IOException {
        write(root().resolve("text"), "");
        write(root().resolve("program"), "");
        makeExecutable(root().resolve("program"));

        assertThat(files().isDirectory(root())).isTrue();
        assertThat(files().isDirectory(root().resolve("text"))).isFalse();
        assertThat(files().isDirectory(root().resolve("none"))).isFalse();
        assertThat(files().isExecutable(root().resolve("program"))).isTrue();
        assertThat(files().isExecutable(root().resolve("text"))).isFalse();
        assertThat(files().isExecutable(root())).isFalse();
        assertThat(files().isExecutable(root().resolve("none"))).isFalse();
    }

    @Test
    default void removesFilesTreesAndNothing() throws IOException {
        Path tree = directoryWith("tree", "x");
        makeDirectory(tree.resolve("deeper"));
        write(root().resolve("file"), "x");
        write(root().resolve("tree2"), "stays");

        files().remove(tree);
        files().remove(root().resolve("file"));
        files().remove(root().resolve("none/none"));

        assertThat(files().list(root())).containsExactly("tree2");
    }

    @Test
    default void putsADirectoryInThePlaceOfAnotherAndLeavesNothingBeside() throws IOException {
        Path target = directoryWith("cache", "old");
        write(target.resolve("more"), "old");
        Path fresh = directoryWith("fresh", "new");

        files().replaceDirectory(fresh, target);

        assertThat(files().list(root())).containsExactly("cache");
        assertThat(files().list(target)).containsExactly("file");
        assertThat(files().read(target.resolve("file"))).contains("new");
    }

    @Test
    default void putsADirectoryWhereThereIsNoneYet() throws IOException {
        files().replaceDirectory(directoryWith("fresh", "new"), root().resolve("a/b/cache"));

        assertThat(files().read(root().resolve("a/b/cache/file"))).contains("new");
        assertThat(files().list(root().resolve("a/b"))).containsExactly("cache");
        assertThat(files().list(root())).containsExactly("a");
    }

    @Test
    default void keepsWhatIsThereWhenThereIsNothingToPutInItsPlace() throws IOException {
        Path target = directoryWith("cache", "old");
        write(root().resolve("text"), "x");

        assertThatThrownBy(() -> files().replaceDirectory(root().resolve("none"), target))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files().replaceDirectory(root().resolve("text"), target))
                .isInstanceOf(NotDirectoryException.class);
        assertThat(files().read(target.resolve("file"))).contains("old");
    }

    @Test
    default void deliversAFileInThePlaceOfAnotherOrOfNone() throws IOException {
        write(root().resolve("old.tar"), "old, and longer");
        write(root().resolve(".fresh-1"), "new");
        write(root().resolve(".fresh-2"), "first");

        files().deliver(root().resolve(".fresh-1"), root().resolve("old.tar"));
        files().deliver(root().resolve(".fresh-2"), root().resolve("new.tar"));

        assertThat(files().read(root().resolve("old.tar"))).contains("new");
        assertThat(files().read(root().resolve("new.tar"))).contains("first");
        assertThat(files().list(root())).containsExactly("new.tar", "old.tar");
    }

    @Test
    default void deliversTheFilesOfADirectoryIntoTheOneThatItLiesIn() throws IOException {
        Path out = directoryWith("out", "old");
        write(out.resolve("other"), "stays");
        makeDirectory(out.resolve("bin"));
        write(out.resolve("bin/kept"), "stays");
        Path fresh = directoryWith("out/.fresh", "new");
        makeDirectory(fresh.resolve("bin"));
        write(fresh.resolve("bin/added"), "new");

        files().deliver(fresh, out);

        assertThat(files().list(out)).containsExactly("bin", "file", "other");
        assertThat(files().list(out.resolve("bin"))).containsExactly("added", "kept");
        assertThat(files().read(out.resolve("file"))).contains("new");
    }

    @Test
    default void filesThatAreLinkedAreTheirsInBothOrInOneOnly() throws IOException {
        Path contents = directoryWith("contents", "text");
        Path other = root().resolve("other/contents");

        files().link(contents, other);
        files().link(root().resolve("none"), root().resolve("nowhere"));

        assertThat(files().read(other.resolve("file"))).isIn(Optional.empty(), Optional.of("text"));
        files().deliver(other, contents);
        files().remove(other);
        assertThat(files().read(contents.resolve("file"))).contains("text");
        assertThat(files().list(root().resolve("nowhere"))).isEmpty();
    }

    @Test
    default void deliversNoFileOverADirectoryAndNothingWhereNothingWasMade() throws IOException {
        Path directory = directoryWith("out", "old");
        write(root().resolve(".fresh"), "new");

        assertThatThrownBy(() -> files().deliver(root().resolve(".fresh"), directory))
                .isInstanceOf(FileSystemException.class);
        files().deliver(root().resolve("none"), root().resolve("x.tar"));

        assertThat(files().list(root())).containsExactly(".fresh", "out");
        assertThat(files().read(directory.resolve("file"))).contains("old");
    }

    @Test
    default void recoveringWhatIsWholeChangesNothing() throws IOException {
        Path target = directoryWith("cache", "old");

        files().recoverDirectory(target);
        files().recoverDirectory(root().resolve("none/none"));

        assertThat(files().list(root())).containsExactly("cache");
        assertThat(files().read(target.resolve("file"))).contains("old");
    }
}
