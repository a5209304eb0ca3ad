package io.jenkins.plugins.buildkit.agent;

import hudson.remoting.VirtualChannel;
import io.buildkitci.local.LocalFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import jenkins.agents.ControllerToAgentFileCallable;
import org.jspecify.annotations.Nullable;

/** What {@link AgentFiles} has done on the agent: the engine's own local files, there. */
final class FileWork {
    private FileWork() {}

    /** Questions about a path; one that this system knows no such path for is nothing. */
    enum Test {
        DIRECTORY,
        READABLE,
        EXECUTABLE
    }

    /** Ways to put content into a file. */
    enum Way {
        WRITE,
        REPLACE,
        APPEND,
        PRIVATE
    }

    private static @Nullable Path path(File file) {
        try {
            return file.toPath();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    record Is(Test test) implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File file, VirtualChannel channel) {
            Path path = path(file);
            LocalFiles files = new LocalFiles();
            if (path == null) {
                return false;
            }
            return switch (test) {
                case DIRECTORY -> files.isDirectory(path);
                case READABLE -> files.isReadable(path);
                case EXECUTABLE -> files.isExecutable(path);
            };
        }
    }

    /** The text as a list of one, or of none. */
    record Read() implements ControllerToAgentFileCallable<String[]> {
        @Override
        public String[] invoke(File file, VirtualChannel channel) {
            Path path = path(file);
            return path == null
                    ? new String[0]
                    : new LocalFiles().read(path).stream().toArray(String[]::new);
        }
    }

    record Names() implements ControllerToAgentFileCallable<String[]> {
        @Override
        public String[] invoke(File file, VirtualChannel channel) {
            Path path = path(file);
            return path == null ? new String[0] : new LocalFiles().list(path).toArray(String[]::new);
        }
    }

    static final class Put implements ControllerToAgentFileCallable<Boolean> {
        private static final long serialVersionUID = 1L;

        private final Way way;
        private final byte[] content;

        Put(Way way, byte[] content) {
            this.way = way;
            this.content = content.clone();
        }

        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            LocalFiles files = new LocalFiles();
            switch (way) {
                case WRITE -> files.write(file.toPath(), content);
                case REPLACE -> files.replace(file.toPath(), content);
                case APPEND -> files.append(file.toPath(), content);
                case PRIVATE -> files.writePrivate(file.toPath(), content);
            }
            return true;
        }
    }

    record Remove() implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            new LocalFiles().remove(file.toPath());
            return true;
        }
    }

    /** @param fresh an absolute path */
    record Replace(String fresh) implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            new LocalFiles().replaceDirectory(Path.of(fresh), file.toPath());
            return true;
        }
    }

    /** @param fresh an absolute path */
    record Deliver(String fresh) implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            new LocalFiles().deliver(Path.of(fresh), file.toPath());
            return true;
        }
    }

    /** @param other an absolute path */
    record Link(String other) implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File file, VirtualChannel channel) {
            Path path = path(file);
            if (path != null) {
                new LocalFiles().link(path, Path.of(other));
            }
            return true;
        }
    }

    record Recover() implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File file, VirtualChannel channel) throws IOException {
            new LocalFiles().recoverDirectory(file.toPath());
            return true;
        }
    }

    /** Whether there is anything of that name at all. */
    record Exists() implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File file, VirtualChannel channel) {
            Path path = path(file);
            return path != null && Files.exists(path);
        }
    }
}
