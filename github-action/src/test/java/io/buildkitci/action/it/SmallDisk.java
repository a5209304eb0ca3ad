package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of its own in memory. */
record SmallDisk(Path directory) implements AutoCloseable {
    private static final int PAGE = 4096;

    /** @param size as {@code mount} takes it */
    static SmallDisk at(Path directory, String size) throws IOException {
        Files.createDirectories(directory);
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "none", directory.toString());
        return new SmallDisk(directory);
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.onExit().join().exitValue())
                .as(List.of(command).toString())
                .isZero();
    }

    /** Leaves no room in it. */
    void fill() throws IOException {
        try (OutputStream ballast = Files.newOutputStream(directory.resolve("ballast"))) {
            while (true) {
                ballast.write(new byte[PAGE]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    @Override
    public void close() throws IOException {
        run("umount", directory.toString());
    }
}
