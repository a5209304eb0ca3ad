package io.buildkitci.cacheservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is done in whatever order, and wherever the process dies in between. */
class CacheStorePropertyTest {
    private static final List<String> NAMESPACES = List.of("job", "other");
    private static final List<String> SCOPES = List.of("main", "feature", "fork/1");
    private static final int STEPS = 120;
    private static final long QUOTA = 4_000;
    private static final long OF_ONE = 2_500;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsSeenIsCompleteAndVerifiedAndTheQuotaHolds(long seed) throws Exception {
        Random random = new Random(seed);
        Path now = directory.resolve("0");
        Map<EntryKey, String> written = new HashMap<>();
        Shelf shelf = new Shelf(now, Limits.of(QUOTA, OF_ONE));
        try {
            for (int step = 1; step <= STEPS; step++) {
                doSomething(random, shelf, written);
                if (random.nextInt(4) == 0) {
                    check(shelf, written);
                }
                if (random.nextInt(12) == 0) {
                    Path next = directory.resolve(String.valueOf(step));
                    copy(now, next); // as a process killed now leaves it
                    shelf.close();
                    shelf = new Shelf(next, Limits.of(QUOTA, OF_ONE), 1_000_000L * step);
                    now = next;
                    check(shelf, written);
                }
            }
        } finally {
            shelf.close();
        }
    }

    private static void doSomething(Random random, Shelf shelf, Map<EntryKey, String> written) throws IOException {
        String namespace = NAMESPACES.get(random.nextInt(NAMESPACES.size()));
        String scope = SCOPES.get(random.nextInt(SCOPES.size()));
        String content = String.valueOf((char) ('a' + random.nextInt(26))).repeat(1 + random.nextInt(12) * 40);
        shelf.later(random.nextInt(4) == 0 ? 600_000 : random.nextInt(100));
        switch (random.nextInt(16)) {
            case 0 -> shelf.begun(Shelf.blob(namespace, scope, content), content);
            case 1 -> shelf.put(Shelf.blob(namespace, scope, content), content + "!");
            case 2 -> shelf.store().dropScope(namespace, scope);
            case 3 -> shelf.store().collect();
            case 4, 5 -> {
                EntryKey key = Shelf.index(namespace, scope, "app", random.nextInt(9));
                String listing = Shelf.listing(content);
                if (shelf.put(key, listing) instanceof CacheStore.Kept) {
                    written.put(key, listing);
                }
            }
            case 6 -> renamed(namespace, shelf);
            case 7 -> merged(shelf, written);
            case 8 -> shelf.store().dropNamespace(namespace);
            case 9 -> readWhileRoomIsMade(random, shelf, Shelf.blob(namespace, scope, content));
            default -> {
                shelf.putBlob(namespace, scope, content);
                written.put(Shelf.blob(namespace, scope, content), content);
            }
        }
    }

    /** To the name of a namespace that is never written to, and back again. */
    private static void renamed(String namespace, Shelf shelf) {
        shelf.store().renameNamespace(namespace, "elsewhere");
        shelf.store().renameNamespace("elsewhere", namespace);
    }

    /** One namespace to the name of the other, which keeps what it has under other keys. */
    private static void merged(Shelf shelf, Map<EntryKey, String> written) {
        shelf.store().renameNamespace("job", "other");
        Map<EntryKey, String> moved = new HashMap<>();
        written.forEach((key, content) -> {
            if (key.namespace().equals("job") && shelf.get(key.in("other")).equals(Optional.of(content))) {
                moved.put(key.in("other"), content);
            }
        });
        written.putAll(moved);
    }

    private static void readWhileRoomIsMade(Random random, Shelf shelf, EntryKey key) throws IOException {
        Optional<CacheStore.Found> found =
                shelf.store().find(key.namespace(), List.of(key.scope()), Shelf.VERSION, key.key(), List.of());
        if (found.isEmpty()) {
            return;
        }
        String sha256 = found.get().entry().sha256();
        try (Content reading = shelf.store().open(found.get().key(), sha256).orElseThrow()) {
            shelf.putBlob("job", "main", "r".repeat(1 + random.nextInt(2_400)));
            shelf.store().collect();
            assertThat(reading.file().size()).isEqualTo(reading.size());
        }
    }

    private static void check(Shelf shelf, Map<EntryKey, String> written) {
        Stats stats = shelf.store().stats();
        assertThat(stats.totals().bytes()).isLessThanOrEqualTo(QUOTA);
        for (Stats.OfNamespace namespace : stats.namespaces()) {
            assertThat(namespace.bytes()).isLessThanOrEqualTo(OF_ONE);
        }
        int seen = 0;
        for (Map.Entry<EntryKey, String> entry : written.entrySet()) {
            var found = shelf.get(entry.getKey());
            found.ifPresent(content -> assertThat(content).isEqualTo(entry.getValue()));
            seen += found.isPresent() ? 1 : 0;
        }
        int entries =
                stats.namespaces().stream().mapToInt(Stats.OfNamespace::entries).sum();
        assertThat(seen).isEqualTo(entries);
    }

    /** Contents first, as they are in place before an entry is. */
    private static void copy(Path from, Path to) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(from)) {
            walk.forEach(all::add);
        }
        for (Path file : all) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target);
            }
        }
    }
}
