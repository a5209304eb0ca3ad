package io.buildkitci.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What every {@link BinaryFiles} does. */
public interface BinaryFilesContract {
    BinaryFiles binaries();

    /** The files among which they lie. */
    HostFiles files();

    Path root();

    private Path make(String name, String content) throws IOException {
        Path file = root().resolve(name);
        try (OutputStream to = binaries().create(file)) {
            to.write(content.getBytes(UTF_8));
        }
        return file;
    }

    @Test
    default void makesAFileWithItsDirectories() throws IOException {
        Path file = make("bin/deep/tool", "ELF");

        assertThat(files().isExecutable(file)).isFalse();
        try (InputStream content = binaries().open(file)) {
            assertThat(content.readAllBytes()).isEqualTo("ELF".getBytes(UTF_8));
        }
        binaries().makeExecutable(file);
        binaries().share(root().resolve("bin/deep"));
        assertThat(files().isExecutable(file)).isTrue();
    }

    @Test
    default void refusesToMakeWhatIsThere() throws IOException {
        make("tool", "first");

        assertThatThrownBy(() -> make("tool", "second")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(files().read(root().resolve("tool"))).contains("first");
    }

    @Test
    default void opensOnlyWhatThereIs() {
        assertThatThrownBy(() -> binaries().open(root().resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    default void replacesAFileInOneStep() throws IOException {
        Path target = make("tool", "old");
        Path fresh = make("fresh", "new");
        binaries().makeExecutable(fresh);

        binaries().replaceFile(fresh, target);

        assertThat(files().read(target)).contains("new");
        assertThat(files().isExecutable(target)).isTrue();
        assertThat(files().isReadable(fresh)).isFalse();
    }

    @Test
    default void givesAFileTheModeOfAnother() throws IOException {
        Path model = make("model", "m");
        Path file = make("file", "f");
        binaries().makeExecutable(model);

        binaries().liken(file, model);

        assertThat(files().isExecutable(file)).isTrue();
        assertThat(files().read(file)).contains("f");
        assertThatThrownBy(() -> binaries().liken(file, root().resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    default void whatIsNoLinkLeadsToItself() throws IOException {
        Path file = make("file", "f");

        assertThat(binaries().followed(file)).isEqualTo(file);
        assertThat(binaries().followed(root().resolve("none"))).isEqualTo(root().resolve("none"));
    }

    @Test
    default void hasWorkspacesOfItsOwn() throws IOException {
        try (Workspace workspace =
                binaries().workspacesIn(root().resolve("cache")).open()) {
            assertThat(files().isDirectory(workspace.path())).isTrue();
        }
        assertThat(files().isDirectory(root().resolve("cache"))).isTrue();
    }
}
