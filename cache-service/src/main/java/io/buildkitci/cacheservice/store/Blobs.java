package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Contents as files named by their SHA-256, each once, whoever refers to it. */
final class Blobs {
    private static final int BUFFER = 1 << 18;
    private static final int FOLDER_DIGITS = 2;
    private static final int FOLDERS = 256;

    private final Path directory;

    /** Contents that were read through since they were last seen to change: their size and time then. */
    private final Map<String, Seen> sound = new ConcurrentHashMap<>();

    /** Contents that were read through and found to be others, likewise. */
    private final Map<String, Seen> damaged = new ConcurrentHashMap<>();

    /** @param file which it is, whatever its name */
    private record Seen(Optional<Object> file, long size, long modified) {}

    private final Trash trash;

    Blobs(Path directory, Trash trash) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.trash = trash;
        for (int folder = 0; folder < FOLDERS; folder++) { // now: whether one is there tells of the contents of others
            Files.createDirectories(directory.resolve("%02x".formatted(folder)));
        }
    }

    Path file(String sha256) {
        return directory.resolve(sha256.substring(0, FOLDER_DIGITS)).resolve(sha256);
    }

    /** Moves a file of this content here; a copy that is here already may be damaged, so it is replaced. */
    void take(Path staged, String sha256) throws IOException {
        Path file = file(sha256);
        trash.replace(file, staged);
        sound.put(sha256, seen(file));
        damaged.remove(sha256);
    }

    void remove(String sha256) throws IOException {
        sound.remove(sha256);
        damaged.remove(sha256);
        trash.take(file(sha256));
    }

    boolean exists(String sha256, long size) {
        try {
            return Files.size(file(sha256)) == size;
        } catch (IOException e) {
            return false;
        }
    }

    /** Its length; empty when it cannot be known. */
    Optional<Long> size(String sha256) {
        try {
            return Optional.of(Files.size(file(sha256)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it will never be read again: it is not there, or not what it was. Trouble in reading says nothing of that. */
    boolean isLost(String sha256, long size) {
        try {
            Seen now = seen(file(sha256));
            return now.size() != size || now.equals(damaged.get(sha256));
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether a content is what it was. Reads it through once in the life of this process, and again when its file is
     * another, or its size or time.
     */
    boolean isSound(String sha256) {
        try {
            Seen now = seen(file(sha256));
            if (now.equals(sound.get(sha256))) {
                return true;
            }
            boolean right = digest(file(sha256), now.size()).equals(sha256);
            (right ? sound : damaged).put(sha256, now);
            return right;
        } catch (IOException e) {
            return false;
        }
    }

    /** Reads it through, whatever is remembered of it. */
    boolean isSoundNow(String sha256) {
        sound.remove(sha256);
        return isSound(sha256);
    }

    private static Seen seen(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Seen(
                Optional.ofNullable(now.fileKey()),
                now.size(),
                now.lastModifiedTime().toMillis());
    }

    private static String digest(Path file, long size) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, size))];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Every content that has a file, and whatever else lies here; others may come and go meanwhile. */
    List<Path> files() throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                all.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return all;
    }
}
