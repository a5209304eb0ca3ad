package io.buildkitci.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Held on a workspace as long as its process lives. */
final class WorkspaceLock implements AutoCloseable {
    static final String FILE = ".lock";

    /** This process's own: merely opening and closing their lock file again would give the lock back. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path workspace;
    private final FileChannel channel;

    private WorkspaceLock(Path workspace, FileChannel channel) {
        this.workspace = workspace;
        this.channel = channel;
    }

    /**
     * Takes the lock of a directory that was just made; empty when a sweep came first, for which it looked abandoned
     * until it was locked. Where a file system has no locks, a sweep cannot take one either and leaves it alone.
     */
    static Optional<WorkspaceLock> hold(Path workspace) throws IOException {
        WorkspaceLock lock;
        try {
            OwnerOnly.createFile(workspace.resolve(FILE), false);
            lock = new WorkspaceLock(workspace, FileChannel.open(workspace.resolve(FILE), StandardOpenOption.WRITE));
        } catch (NoSuchFileException swept) {
            return Optional.empty();
        }
        OURS.add(workspace);
        if (lock.isTakenOrUnsupported() && isIn(workspace)) {
            return Optional.of(lock);
        }
        lock.close();
        return Optional.empty();
    }

    private boolean isTakenOrUnsupported() {
        try {
            return channel.tryLock() != null;
        } catch (IOException unsupported) {
            return true;
        }
    }

    /** The lock of a workspace whose process is dead; empty when it lives or cannot be told. */
    static Optional<WorkspaceLock> takeFromTheDead(Path workspace) {
        if (OURS.contains(workspace)) {
            return Optional.empty();
        }
        try {
            FileChannel channel = FileChannel.open(workspace.resolve(FILE), StandardOpenOption.WRITE);
            boolean taken = false;
            try {
                taken = channel.tryLock() != null;
                return taken ? Optional.of(new WorkspaceLock(workspace, channel)) : Optional.empty();
            } catch (OverlappingFileLockException anotherOfOurs) {
                return Optional.empty();
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static boolean isIn(Path workspace) {
        return Files.exists(workspace.resolve(FILE));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OURS.remove(workspace);
    }
}
