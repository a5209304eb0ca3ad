package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A process that gives a namespace another name, over and over, until it is killed. */
final class RenamedForever {
    static final int ENTRIES = 20_000;
    static final String READY = "ready";

    private RenamedForever() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        try (CacheStore store = CacheStore.open(
                directory.resolve("store"),
                Limits.of(1 << 30, 1 << 30),
                InstantSource.system(),
                () -> "",
                Runnable::run)) {
            Files.createFile(directory.resolve(READY));
            while (!Thread.currentThread().isInterrupted()) {
                store.renameNamespace("even", "odd");
                store.renameNamespace("odd", "even");
            }
        }
    }

    /** Entries of one content, written past all checks. */
    static void fill(Path directory, String sha256, long size) throws IOException {
        try (Index index = Index.open(directory.resolve("store").resolve("index.mv"))) {
            for (int i = 0; i < ENTRIES; i++) {
                EntryKey key = new EntryKey("even", "main", Shelf.VERSION, "entry-" + i);
                index.put(key, new Entry(sha256, size, 1, 1), List.of());
            }
        }
    }

    static Optional<String> java() {
        return ProcessHandle.current().info().command();
    }
}
