package io.buildkitci.local;

import io.buildkitci.process.BinaryFiles;
import io.buildkitci.process.BinaryFilesContract;
import io.buildkitci.process.HostFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalBinariesTest implements BinaryFilesContract {
    @TempDir
    Path root;

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
