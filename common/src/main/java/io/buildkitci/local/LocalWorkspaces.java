package io.buildkitci.local;

import io.buildkitci.process.Workspaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Private directories on this machine, named {@code buildkit-ci-<pid>-<random>}.
 *
 * <p>Whether the process of a directory still lives is told by the lock it holds on a file in it, not by its pid: pids
 * are used again, and mean something else in another container that shares the directory.
 */
public final class LocalWorkspaces implements Workspaces {
    static final String PREFIX = "buildkit-ci-";

    private final Path base;

    /** @param base an existing directory; other users may write to it too */
    public LocalWorkspaces(Path base) {
        this.base = base;
    }

    /**
     * In the user's runtime directory where there is one ({@code XDG_RUNTIME_DIR}: private, in memory, gone after a
     * reboot), else in the JVM's temporary directory. Either can be mounted {@code noexec}; then programs in it do not
     * start.
     */
    public static LocalWorkspaces ofThisUser() {
        Path runtimeDirectory = Path.of(System.getenv().getOrDefault("XDG_RUNTIME_DIR", ""));
        boolean usable = runtimeDirectory.isAbsolute()
                && Files.isDirectory(runtimeDirectory)
                && Files.isWritable(runtimeDirectory);
        return new LocalWorkspaces(usable ? runtimeDirectory : Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    @Override
    public Workspace open() throws IOException {
        Path parent = base.toRealPath();
        LocalWorkspace workspace = make(parent);
        new WorkspaceSweep(parent, workspace.path()).removeAbandoned();
        return workspace;
    }

    @Override
    public List<Path> leftBehind() throws IOException {
        Path parent = base.toRealPath();
        try (LocalWorkspace own = make(parent)) {
            return new WorkspaceSweep(parent, own.path()).abandoned();
        }
    }

    private static LocalWorkspace make(Path parent) throws IOException {
        while (true) {
            String random =
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            Path directory = parent.resolve(PREFIX + ProcessHandle.current().pid() + "-" + random);
            OwnerOnly.createDirectory(directory);
            Optional<WorkspaceLock> lock = WorkspaceLock.hold(directory);
            if (lock.isPresent()) {
                return new LocalWorkspace(directory, lock.get());
            }
        }
    }

    private record LocalWorkspace(Path path, WorkspaceLock lock) implements Workspace {
        @Override
        public Path write(String name, String content) throws IOException {
            return write(name, content.getBytes(StandardCharsets.UTF_8), false);
        }

        @Override
        public Path writeExecutable(String name, byte[] content) throws IOException {
            return write(name, content, true);
        }

        @Override
        public void noteElsewhere(List<Path> elsewhere) throws IOException {
            List<String> paths =
                    elsewhere.stream().map(p -> p.toAbsolutePath().toString()).toList();
            write(WorkspaceSweep.ELSEWHERE, String.join("\0", paths));
        }

        private Path write(String name, byte[] content, boolean executable) throws IOException {
            Path file = path.resolve(name);
            boolean plain = path.equals(file.getParent()) && name.equals(String.valueOf(file.getFileName()));
            if (!plain || name.equals(".") || name.equals("..") || name.equals(WorkspaceLock.FILE)) {
                throw new IllegalArgumentException("'" + name + "' is not the plain name of a file");
            }
            Files.deleteIfExists(file);
            OwnerOnly.createFile(file, executable);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            }
            return file;
        }

        @Override
        public void close() {
            try (lock) {
                Removal.remove(path);
            } catch (IOException e) {
                throw new UncheckedIOException("private files remain in " + path, e);
            }
        }
    }
}
