package io.buildkitci.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/** Puts what was made beside its place there, each file by one rename. */
final class Delivery {
    private Delivery() {}

    static void deliver(Path fresh, Path target) throws IOException {
        if (Files.isDirectory(fresh, LinkOption.NOFOLLOW_LINKS)) {
            into(Files.createDirectories(Files.exists(target) ? target.toRealPath() : target), fresh);
            Removal.remove(fresh);
        } else if (Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
            file(fresh, Links.end(target));
        }
    }

    private static void into(Path directory, Path fresh) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(fresh)) {
            for (Path child : children) {
                Path place = directory.resolve(child.getFileName());
                if (isDirectory(child) && isDirectory(place)) {
                    copyPermissions(child, place);
                    into(place, child);
                } else {
                    if (isDirectory(child) || isDirectory(place)) {
                        Removal.remove(place);
                    }
                    Files.move(child, place, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static void file(Path fresh, Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "is a directory");
        }
        boolean isThere = Files.exists(target);
        if (!isThere || Files.isRegularFile(target)) {
            try {
                if (isThere) {
                    copyOwner(target, fresh);
                    copyPermissions(target, fresh);
                }
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (AtomicMoveNotSupportedException e) {
                // a link to another file system
            } catch (FileSystemException e) {
                if (!isThere) {
                    throw e;
                }
            }
        }
        try (InputStream in = Files.newInputStream(fresh);
                OutputStream out = Files.newOutputStream(target)) {
            in.transferTo(out);
        }
        Files.delete(fresh);
    }

    private static void copyOwner(Path from, Path to) throws IOException {
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        PosixFileAttributes of = Files.readAttributes(from, PosixFileAttributes.class);
        try {
            view.setGroup(of.group());
            view.setOwner(of.owner());
        } catch (FileSystemException e) {
            // only an administrator may give a file away: it is of whoever has made it
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        if (Files.getFileStore(to).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }
}
