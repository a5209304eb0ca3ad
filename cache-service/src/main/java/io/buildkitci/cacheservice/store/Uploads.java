package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What is on its way in, each in a file of its own. One that is being finished is no longer given to anybody. */
final class Uploads {
    /** A build has a handful under way; each has a file open. */
    private static final int MOST_OF_ONE = 500;

    private final Path directory;
    private final Supplier<String> ids;
    private final Trash trash;
    private final Executor aside;
    private final Quantity quantity;
    private final Map<String, Upload> all = new ConcurrentHashMap<>();

    /** @param ids names that nobody can guess */
    Uploads(Path directory, Supplier<String> ids, Trash trash, Executor aside, Limits limits) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.ids = ids;
        this.trash = trash;
        this.aside = aside;
        this.quantity = new Quantity(limits.largest(), limits.total());
    }

    /** @throws IOException also when there are too many of its namespace */
    synchronized Upload begin(EntryKey key) throws IOException {
        long same = all.values().stream()
                .filter(u -> u.key().namespace().equals(key.namespace()))
                .count();
        if (same >= MOST_OF_ONE) {
            throw new IOException(same + " uploads of this namespace are under way, which is as many as there may be");
        }
        String id = ids.get();
        Upload upload = new Upload(id, key, directory.resolve(id), quantity, aside);
        all.put(id, upload);
        return upload;
    }

    Optional<Upload> get(String id) {
        return Optional.ofNullable(all.get(id)).filter(Upload::isOpen);
    }

    /** All that were begun for a key and can still be finished. */
    List<Upload> of(EntryKey key) {
        return all.values().stream()
                .filter(u -> u.key().equals(key) && u.isOpen())
                .toList();
    }

    /** Forgets one and its file. */
    void end(Upload upload) {
        upload.discard(trash);
        all.remove(upload.id());
    }

    /** Nothing comes of those whose key begins so. */
    void cancel(String prefix) {
        for (Upload upload : all.values()) {
            if (upload.target().render().startsWith(prefix) && upload.cancel()) {
                end(upload);
            }
        }
    }

    /** Those of one namespace become entries of another. */
    void rename(String from, String to) {
        all.values().stream()
                .filter(u -> u.target().namespace().equals(from))
                .forEach(u -> u.aim(u.target().in(to)));
    }

    int size() {
        return all.size();
    }

    /**
     * Removes files that belong to no upload, and uploads that were silent since then.
     *
     * @return how many
     */
    synchronized int collect(long since) throws IOException {
        int removed = 0;
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Upload upload = all.get(file.getFileName().toString().replace(Upload.ORDERED, ""));
            if (upload == null) {
                removed += Files.deleteIfExists(file) ? 1 : 0;
            } else if (upload.isOpen() && isSilent(file, since) && upload.cancel()) {
                end(upload);
                removed++;
            }
        }
        return removed;
    }

    private static boolean isSilent(Path file, long since) {
        try {
            return Files.getLastModifiedTime(file).toMillis() < since;
        } catch (IOException e) {
            return false; // it ended meanwhile
        }
    }

    void endAll() {
        List.copyOf(all.values()).forEach(this::end);
    }
}
