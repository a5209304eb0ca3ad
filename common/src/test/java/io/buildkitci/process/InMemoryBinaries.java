package io.buildkitci.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The files in memory, for what is no text. */
public record InMemoryBinaries(InMemoryFiles files) implements BinaryFiles {
    @Override
    public OutputStream create(Path file) throws IOException {
        if (files.content(file).isPresent() || files.isDirectory(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        files.with(file, new byte[0], false);
        return new ByteArrayOutputStream() {
            @Override
            public void close() {
                files.with(file, toByteArray(), false);
            }
        };
    }

    @Override
    public InputStream open(Path file) throws IOException {
        return new ByteArrayInputStream(content(file));
    }

    private byte[] content(Path file) throws IOException {
        return files.content(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
    }

    @Override
    public void makeExecutable(Path file) throws IOException {
        files.with(file, content(file), true);
    }

    @Override
    public void share(Path directory) throws IOException {
        if (!files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString());
        }
    }

    @Override
    public void replaceFile(Path fresh, Path target) throws IOException {
        files.with(target, content(fresh), files.isExecutable(fresh));
        files.remove(fresh);
    }

    @Override
    public void liken(Path file, Path model) throws IOException {
        content(model);
        files.with(file, content(file), files.isExecutable(model));
    }

    @Override
    public Path followed(Path path) {
        return path;
    }

    @Override
    public Workspaces workspacesIn(Path directory) {
        files.withDirectory(directory.toString());
        return new InMemoryWorkspaces(files);
    }
}
