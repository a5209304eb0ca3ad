package io.buildkitci.build;

import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files of somebody else: everything is refused. */
final class UnwillingFiles implements HostFiles {
    private static final String REFUSAL = "Operation not permitted";

    @Override
    public Optional<String> read(Path file) {
        return Optional.empty();
    }

    @Override
    public List<String> list(Path directory) {
        return List.of();
    }

    @Override
    public boolean isDirectory(Path path) {
        return true;
    }

    @Override
    public boolean isReadable(Path path) {
        return false;
    }

    @Override
    public boolean isExecutable(Path path) {
        return false;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        throw new IOException(REFUSAL);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        throw new IOException(REFUSAL);
    }

    @Override
    public void append(Path file, byte[] content) throws IOException {
        throw new IOException(REFUSAL);
    }

    @Override
    public void writePrivate(Path file, byte[] content) throws IOException {
        throw new IOException(REFUSAL);
    }

    @Override
    public void remove(Path path) throws IOException {
        throw new IOException(REFUSAL);
    }

    @Override
    public void replaceDirectory(Path fresh, Path target) throws IOException {
        throw new IOException(REFUSAL);
    }

    @Override
    public void deliver(Path fresh, Path target) throws IOException {
        throw new IOException(REFUSAL);
    }

    @Override
    public void recoverDirectory(Path target) throws IOException {
        throw new IOException(REFUSAL);
    }
}
