package io.buildkitci.builder;

import io.buildkitci.process.Workspaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Private directories that are never written to a disk. */
final class MemoryWorkspaces implements Workspaces {
    static final Path PATH = Path.of("/private");

    final Map<String, String> written = new LinkedHashMap<>();
    int open;
    boolean full;

    @Override
    public Workspace open() throws IOException {
        if (full) {
            throw new IOException("no space left on device");
        }
        open++;
        return new Workspace() {
            @Override
            public Path path() {
                return PATH;
            }

            @Override
            public Path write(String name, String content) {
                written.put(name, content);
                return PATH.resolve(name);
            }

            @Override
            public Path writeExecutable(String name, byte[] content) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                open--;
            }
        };
    }
}
