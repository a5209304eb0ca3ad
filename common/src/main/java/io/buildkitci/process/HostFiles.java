package io.buildkitci.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The machine's files, as far as the engine needs them. Safe for use by several threads. */
public interface HostFiles {
    /** The text of a file; empty when it does not exist or cannot be read. */
    Optional<String> read(Path file);

    /** Names in a directory, sorted; empty when it does not exist or cannot be read. */
    List<String> list(Path directory);

    boolean isDirectory(Path path);

    /** Whether it is a regular file that may be executed. */
    boolean isExecutable(Path path);

    /** Writes to an existing or new file with exactly one {@code write(2)}, as kernel interfaces want it. */
    void write(Path file, byte[] content) throws IOException;

    /** Removes a file or a directory with all it holds (links are not followed); nothing happens if there is none. */
    void remove(Path path) throws IOException;

    /**
     * Puts a directory in the place of another. A process killed at any moment leaves at least one of both whole:
     * {@link #recoverDirectory} then restores what was there before.
     *
     * @param fresh on the same file system as {@code target}
     */
    void replaceDirectory(Path fresh, Path target) throws IOException;

    /** Ends or takes back a {@link #replaceDirectory} that was killed; otherwise does nothing. */
    void recoverDirectory(Path target) throws IOException;
}
