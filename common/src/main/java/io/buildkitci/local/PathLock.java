package io.buildkitci.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock file: one thread of one process at a time holds it; a process that dies lets go of it.
 *
 * <p>The file is removed when the lock is given back. Somebody who waited for it then holds the lock of a file that is
 * gone; he knows it by the byte that was left in it, and starts again.
 */
final class PathLock implements AutoCloseable {
    /**
     * Threads wait here, whatever the path: a second channel to the file in one process would throw, and its closing
     * would give back the first one's lock. What is done under a lock takes a few renames.
     */
    private static final ReentrantLock TURN = new ReentrantLock();

    private static final byte GONE = 1;

    private final Path file;
    private final FileChannel channel;

    private PathLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Waits for the lock; an interrupt ends the wait as it ends that for any file lock. */
    static PathLock take(Path file) throws IOException {
        try {
            TURN.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FileLockInterruptionException();
        }
        boolean taken = false;
        try {
            PathLock lock = new PathLock(file, takeBetweenProcesses(file));
            taken = true;
            return lock;
        } finally {
            if (!taken) {
                TURN.unlock();
            }
        }
    }

    private static FileChannel takeBetweenProcesses(Path file) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                channel.lock();
                taken = channel.size() == 0;
                if (taken) {
                    return channel;
                }
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            if (Files.deleteIfExists(file)) {
                channel.write(ByteBuffer.wrap(new byte[] {GONE}));
            }
        } finally {
            TURN.unlock();
        }
    }
}
