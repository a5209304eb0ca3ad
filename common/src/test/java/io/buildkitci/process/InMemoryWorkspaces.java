package io.buildkitci.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Workspaces {@code /run/buildkit-ci-1}, {@code -2} … among files in memory. */
public final class InMemoryWorkspaces implements Workspaces {
    private final InMemoryFiles files;
    private final AtomicInteger opened = new AtomicInteger();

    public InMemoryWorkspaces(InMemoryFiles files) {
        this.files = files;
    }

    @Override
    public Workspace open() {
        Path path = Path.of("/run/buildkit-ci-" + opened.incrementAndGet());
        files.withDirectory(path.toString());
        return new InMemoryWorkspace(files, path);
    }

    private record InMemoryWorkspace(InMemoryFiles files, Path path) implements Workspace {
        @Override
        public Path write(String name, String content) throws IOException {
            Path file = file(name);
            files.remove(file);
            files.write(file, content.getBytes(UTF_8));
            return file;
        }

        @Override
        public Path writeExecutable(String name, byte[] content) throws IOException {
            Path file = file(name);
            if (!files.isDirectory(path)) {
                throw new NoSuchFileException(file.toString());
            }
            files.withExecutable(file.toString());
            files.write(file, content);
            return file;
        }

        private Path file(String name) {
            if (!name.matches("[^/]+") || name.matches("\\.{1,2}")) {
                throw new IllegalArgumentException("'" + name + "' is not the plain name of a file");
            }
            return path.resolve(name);
        }

        @Override
        public void close() {
            files.remove(path);
        }
    }
}
