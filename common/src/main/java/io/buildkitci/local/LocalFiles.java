package io.buildkitci.local;

import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** This machine's files. */
public final class LocalFiles implements HostFiles {
    /** More than any text that the engine reads; what is larger was not meant to be read. */
    private static final int LARGEST_TEXT = 64 * 1024 * 1024;

    @Override
    public Optional<String> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_TEXT + 1);
            return bytes.length > LARGEST_TEXT
                    ? Optional.empty()
                    : Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> list(Path directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            children.forEach(child -> names.add(String.valueOf(child.getFileName())));
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        return names.stream().sorted().toList();
    }

    @Override
    public boolean isDirectory(Path path) {
        return Files.isDirectory(path);
    }

    @Override
    public boolean isReadable(Path path) {
        return Files.isReadable(path) && !Files.isDirectory(path);
    }

    @Override
    public boolean isExecutable(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            int written = writeOnce(file, channel, content);
            if (written < content.length) {
                throw new FileSystemException(
                        file.toString(), null, "only " + written + " of " + content.length + " bytes were taken");
            }
        }
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        new WholeFile(file, this, LocalWorkspaces.ofThisUser()).write(content);
    }

    @Override
    public void append(Path file, byte[] content) throws IOException {
        Files.write(file, content, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void writePrivate(Path file, byte[] content) throws IOException {
        OwnerOnly.createDirectories(file.toAbsolutePath().getParent());
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Removal.remove(fresh);
        OwnerOnly.createFile(fresh, false);
        write(fresh, content);
        if (isDirectory(file)) {
            Removal.remove(file);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The channel's own exceptions do not say which file. */
    private static int writeOnce(Path file, FileChannel channel, byte[] content) throws IOException {
        try {
            return channel.write(ByteBuffer.wrap(content));
        } catch (ClosedChannelException interrupted) {
            throw interrupted;
        } catch (IOException e) {
            FileSystemException refusal = new FileSystemException(file.toString(), null, e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }

    @Override
    public void remove(Path path) throws IOException {
        Removal.remove(path);
    }

    @Override
    public void replaceDirectory(Path fresh, Path target) throws IOException {
        DirectorySwap.of(target).replaceBy(fresh);
    }

    @Override
    public void deliver(Path fresh, Path target) throws IOException {
        Delivery.deliver(fresh, target);
    }

    @Override
    public void link(Path directory, Path other) {
        HardLinks.make(directory, other);
    }

    @Override
    public void recoverDirectory(Path target) throws IOException {
        DirectorySwap.of(target).recover();
    }
}
