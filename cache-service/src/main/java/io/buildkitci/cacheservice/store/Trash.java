package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Files that go, out of the way at once and removed aside: to free the blocks of a large one takes a tenth of a second and
 * more, which nobody has to wait for, and by which nobody shall tell that a content was there before.
 */
final class Trash {
    private final Path directory;
    private final Executor aside;
    private final AtomicLong last = new AtomicLong();

    /** Removes what a killed process left in it. */
    Trash(Path directory, Executor aside) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.aside = aside;
        List<Path> left;
        try (Stream<Path> files = Files.list(directory)) {
            left = files.toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
    }

    /** Takes a file away, if it is there. */
    void take(Path file) throws IOException {
        Path taken = next();
        try {
            Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        removeAside(taken);
    }

    /** Puts a file in the place of another, which is there at any moment; it is as much work where there was none. */
    void replace(Path file, Path with) throws IOException {
        Path taken = next();
        link(taken, file);
        Files.move(with, file, StandardCopyOption.ATOMIC_MOVE);
        removeAside(taken);
    }

    private static void link(Path name, Path file) {
        try {
            Files.createLink(name, file);
        } catch (IOException | UnsupportedOperationException e) {
            // there is none, or a file has one name only here
        }
    }

    private Path next() {
        return directory.resolve(String.valueOf(last.incrementAndGet()));
    }

    private void removeAside(Path file) {
        later(() -> remove(file));
    }

    /** Does what nobody waits for. */
    void later(Runnable removal) {
        try {
            aside.execute(removal);
        } catch (RejectedExecutionException e) {
            // the process ends; the next start removes it
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the next start removes it
        }
    }
}
