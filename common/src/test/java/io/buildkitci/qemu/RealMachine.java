package io.buildkitci.qemu;

import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Workspaces;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** This machine, as plainly as the emulators' integration tests need it. */
final class RealMachine implements HostFiles, ProcessRunner, Workspaces {
    @Override
    public Outcome run(Command command, LineListener output) throws InterruptedException {
        try {
            Path err = Files.createTempFile("it", ".err");
            ProcessBuilder builder = new ProcessBuilder(command.argv()).redirectError(err.toFile());
            builder.environment().putAll(command.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> output.line(Stream.OUT, line));
            int status = process.waitFor();
            Files.readAllLines(err).forEach(line -> output.line(Stream.ERR, line));
            Files.delete(err);
            return new Outcome.Exited(status);
        } catch (IOException e) {
            return new Outcome.NotStarted(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(Path directory) {
        try (java.util.stream.Stream<Path> names = Files.list(directory)) {
            return names.map(p -> String.valueOf(p.getFileName())).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Override
    public boolean isDirectory(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public boolean isReadable(Path path) {
        return Files.isReadable(path) && !Files.isDirectory(path);
    }

    @Override
    public boolean isExecutable(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
        }
    }

    @Override
    public void remove(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void replaceDirectory(Path fresh, Path target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recoverDirectory(Path target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Workspace open() throws IOException {
        return new Directory(Files.createTempDirectory("it"));
    }

    private record Directory(Path path) implements Workspace {
        @Override
        public Path write(String name, String content) throws IOException {
            return Files.writeString(path.resolve(name), content);
        }

        @Override
        public Path writeExecutable(String name, byte[] content) throws IOException {
            Path file = Files.write(path.resolve(name), content);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }

        @Override
        public void close() {
            try (java.util.stream.Stream<Path> files = Files.list(path)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
                Files.delete(path);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
