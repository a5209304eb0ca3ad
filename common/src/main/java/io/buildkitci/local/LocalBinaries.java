package io.buildkitci.local;

import io.buildkitci.process.BinaryFiles;
import io.buildkitci.process.Workspaces;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** This machine's files that are no text. */
public final class LocalBinaries implements BinaryFiles {
    @Override
    public OutputStream create(Path file) throws IOException {
        @Nullable Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public InputStream open(Path file) throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public void makeExecutable(Path file) throws IOException {
        allow("rwxr-xr-x", file);
        if (!Files.isExecutable(file)) {
            throw new FileSystemException(file.toString(), null, "cannot be executed here");
        }
    }

    @Override
    public void share(Path directory) throws IOException {
        allow("rwxr-xr-x", directory);
    }

    /** Where there are no modes, on Windows, a file's name says whether it is run. */
    private static void allow(String permissions, Path path) throws IOException {
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(permissions));
        }
    }

    @Override
    public void replaceFile(Path fresh, Path target) throws IOException {
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void liken(Path file, Path model) throws IOException {
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            PosixFileAttributes like = Files.readAttributes(model, PosixFileAttributes.class);
            view.setOwner(like.owner());
            view.setGroup(like.group());
            view.setPermissions(like.permissions());
        }
    }

    @Override
    public Path followed(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path;
    }

    @Override
    public Workspaces workspacesIn(Path directory) throws IOException {
        return new LocalWorkspaces(Files.createDirectories(directory));
    }
}
