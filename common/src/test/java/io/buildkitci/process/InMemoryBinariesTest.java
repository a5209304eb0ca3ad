package io.buildkitci.process;

import java.nio.file.Path;

class InMemoryBinariesTest implements BinaryFilesContract {
    private final InMemoryFiles files = new InMemoryFiles().withDirectory("/machine");

    @Override
    public BinaryFiles binaries() {
        return new InMemoryBinaries(files);
    }

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public Path root() {
        return Path.of("/machine");
    }
}
