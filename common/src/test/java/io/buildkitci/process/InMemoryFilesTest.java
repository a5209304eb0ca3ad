package io.buildkitci.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InMemoryFilesTest implements HostFilesContract {
    private final InMemoryFiles files = new InMemoryFiles().withDirectory("/root");

    @Override
    public HostFiles files() {
        return files;
    }

    @Override
    public Path root() {
        return Path.of("/root");
    }

    @Override
    public void makeDirectory(Path directory) {
        files.withDirectory(directory.toString());
    }

    @Override
    public void makeExecutable(Path file) {
        files.withExecutable(file.toString());
    }

    @Test
    void aPlayedKernelIsGivenEachWrite() throws IOException {
        files.onWrite("/proc/register", line -> files.with("/proc/" + new String(line, UTF_8), "enabled"));

        files.write(Path.of("/proc/register"), "qemu".getBytes(UTF_8));

        assertThat(files.read(Path.of("/proc/qemu"))).contains("enabled");
        assertThat(files.read(Path.of("/proc/register"))).isEmpty();
    }

    @Test
    void remembersWritesTheRefusedOnesToo() {
        files.refuse("/proc/register", "File exists");

        assertThatThrownBy(() -> files.write(Path.of("/proc/register"), "x".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        FileSystemException.class,
                        e -> assertThat(e.getReason()).isEqualTo("File exists"));
        assertThat(files.writes()).containsExactly(new InMemoryFiles.Write(Path.of("/proc/register"), "x"));
    }
}
