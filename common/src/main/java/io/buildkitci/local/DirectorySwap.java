package io.buildkitci.local;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Puts one directory in the place of another, killed or not.
 *
 * <p>Beside the target {@code name} there are for a moment {@code .name.lock}, {@code .name.previous} (what was there
 * before, always whole) and {@code .name.discarded-*} (what is being removed). Every step is one rename, so that after a
 * kill either {@code name} or {@code .name.previous} is there, and whole.
 */
final class DirectorySwap {
    private final Path target;
    private final Path previous;
    private final Path lock;
    private final String discardedPrefix;

    private DirectorySwap(Path target) {
        this.target = target;
        String name = String.valueOf(target.getFileName());
        this.previous = target.resolveSibling("." + name + ".previous");
        this.lock = target.resolveSibling("." + name + ".lock");
        this.discardedPrefix = "." + name + ".discarded-";
    }

    /** For a link this is a swap of the directory that it leads to. */
    static DirectorySwap of(Path target) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        if (absolute.getParent() == null) {
            throw new FileSystemException(target.toString(), null, "a root directory cannot be replaced");
        }
        return new DirectorySwap(
                Files.isSymbolicLink(absolute) && Files.exists(absolute) ? absolute.toRealPath() : absolute);
    }

    void replaceBy(Path fresh) throws IOException {
        if (!Files.isDirectory(fresh, LinkOption.NOFOLLOW_LINKS)) {
            throw Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)
                    ? new NotDirectoryException(fresh.toString())
                    : new NoSuchFileException(fresh.toString());
        }
        Files.createDirectories(parent());
        PathLock held = PathLock.take(lock);
        try (held) {
            settle();
            exchange(fresh);
            settle();
        }
        removeDiscarded();
    }

    void recover() throws IOException {
        if (there(previous)) {
            PathLock held = PathLock.take(lock);
            try (held) {
                settle();
            }
        }
        removeDiscarded();
    }

    private void exchange(Path fresh) throws IOException {
        boolean replaces = there(target);
        if (replaces) {
            move(target, previous);
        }
        boolean placed = false;
        try {
            move(fresh, target);
            placed = true;
        } finally {
            if (replaces && !placed) {
                move(previous, target);
            }
        }
    }

    /** Brings whatever a kill left back to one directory: the new one if it had come so far, else the old one. */
    private void settle() throws IOException {
        if (!there(previous)) {
            return;
        }
        if (there(target)) {
            String random =
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            move(previous, target.resolveSibling(discardedPrefix + random));
        } else {
            move(previous, target);
        }
    }

    private void removeDiscarded() throws IOException {
        for (Path discarded : discarded()) {
            Removal.remove(discarded);
        }
    }

    private List<Path> discarded() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(
                parent(), path -> String.valueOf(path.getFileName()).startsWith(discardedPrefix))) {
            siblings.forEach(found::add);
        } catch (NoSuchFileException none) {
            return List.of();
        }
        return found;
    }

    private Path parent() {
        Path parent = target.getParent();
        return parent == null ? target : parent;
    }

    private static boolean there(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw refused(from, to, "they are on different file systems; put both on one", e);
        } catch (FileSystemException e) {
            if (String.valueOf(e.getReason()).contains("busy")) {
                throw refused(from, to, "a mount point cannot be replaced; use a directory below it", e);
            }
            throw e;
        }
    }

    private static FileSystemException refused(Path from, Path to, String reason, IOException cause) {
        FileSystemException refusal = new FileSystemException(from.toString(), to.toString(), reason);
        refusal.initCause(cause);
        return refusal;
    }
}
