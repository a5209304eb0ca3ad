package io.buildkitci.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.BinaryFiles;
import io.buildkitci.process.BinaryFilesContract;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBinariesTest implements BinaryFilesContract {
    @TempDir
    Path root;

    @Test
    void aFileCanBeLikeAnotherOfAnyModeAndOwner() throws IOException {
        Path model = Files.createFile(root.resolve("model"));
        Path file = Files.createFile(root.resolve("file"));
        Files.setPosixFilePermissions(model, PosixFilePermissions.fromString("rw-r-----"));

        binaries().liken(file, model);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(model));
        assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(model));
    }

    @Test
    void linksAreFollowedToTheirEnd() throws IOException {
        Path file = Files.createFile(root.resolve("file")).toRealPath();
        Path one = Files.createSymbolicLink(root.resolve("one"), file);
        Path two = Files.createSymbolicLink(root.resolve("two"), one);

        assertThat(binaries().followed(two)).isEqualTo(file);
    }

    @Override
    public BinaryFiles binaries() {
        return new LocalBinaries();
    }

    @Override
    public HostFiles files() {
        return new LocalFiles();
    }

    @Override
    public Path root() {
        return root;
    }
}
