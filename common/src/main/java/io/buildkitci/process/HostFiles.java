package io.buildkitci.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The machine's files, as far as the engine needs them. Safe for use by several threads. */
public interface HostFiles {
    /**
     * The text of a file, as UTF-8; empty when it is not a regular file (links are followed), cannot be read or is
     * larger than 64 MiB.
     */
    Optional<String> read(Path file);

    /** Names in a directory, sorted; empty when it does not exist or cannot be read. */
    List<String> list(Path directory);

    boolean isDirectory(Path path);

    /** Whether it can be read and is no directory; true for sockets and pipes too. */
    boolean isReadable(Path path);

    /** Whether it is a regular file that may be executed. */
    boolean isExecutable(Path path);

    /**
     * Writes the content of an existing or new file with exactly one {@code write(2)}, as kernel interfaces want it.
     *
     * @throws java.nio.file.FileSystemException with the system's own words as its reason (for example {@code Invalid
     *     argument}, {@code File exists}) when the write was refused
     */
    void write(Path file, byte[] content) throws IOException;

    /**
     * Writes a file for a person, whole or not at all: one that is there stays as it is until then, and hands down its
     * permissions and owner. Links are followed. A process killed at any moment leaves the old one or the new one; what
     * it had begun goes when {@link Workspaces#open} is called next. What cannot be replaced (a pipe, a device, a mount
     * point, a file in a directory that this user may not write to) is written to instead.
     *
     * @throws java.nio.file.FileSystemException that names what stands in the way
     */
    void replace(Path file, byte[] content) throws IOException;

    /** Adds to the end of an existing or new file, all of it or, when this throws, possibly a part. */
    void append(Path file, byte[] content) throws IOException;

    /**
     * Writes a new file that only its owner may read, in place of one that is there, which stays whole until it is; directories
     * that it lies in are made, for their owner only too.
     */
    void writePrivate(Path file, byte[] content) throws IOException;

    /** Removes a file or a directory with all it holds (links are not followed); nothing happens if there is none. */
    void remove(Path path) throws IOException;

    /**
     * Puts a directory in the place of another, or where there is none yet (the directory it lies in is made if need
     * be); a link is followed. One at a time, between threads and between processes.
     *
     * <p>When it throws, both directories are as they were. A process killed at any moment leaves what was there before
     * or what was to come, whole; {@link #recoverDirectory} then puts it back in its place.
     *
     * @param fresh on the same file system as {@code target}; neither may be a mount point
     * @throws java.nio.file.FileSystemException with a reason that a person can act on
     */
    void replaceDirectory(Path fresh, Path target) throws IOException;

    /**
     * Puts what was made beside its place there: a file in the place of a file, which keeps its permissions, or the files of
     * a directory one by one into another, which keeps what else it has. Links are followed to a target, not below it. A
     * process killed at any moment leaves every file as it was or as it was to be, and what is not put yet in {@code
     * fresh}; a target that cannot be replaced (a pipe, a mount point) is written to instead. What is put is gone from
     * {@code fresh}. Nothing happens where nothing was made.
     *
     * @throws java.nio.file.FileSystemException with a reason that a person can act on
     */
    void deliver(Path fresh, Path target) throws IOException;

    /**
     * Has the files of a directory in another one, which is made, without copying them, as far as the file system can (hard
     * links); a host that cannot does nothing. For files that nobody changes in their place.
     */
    default void link(Path directory, Path other) {}

    /**
     * Ends or takes back a {@link #replaceDirectory} that was killed and removes its leftovers; otherwise does nothing.
     * For every use of such a directory, reading too.
     */
    void recoverDirectory(Path target) throws IOException;
}
