package io.buildkitci.cacheservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.store.CacheStore.Found;
import io.buildkitci.cacheservice.store.CacheStore.Kept;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads at once: no scope reads another's, what is read is whole, and the quota holds all the time. */
class CacheStoreRaceTest {
    private static final long QUOTA = 60_000;
    private static final long OF_ONE = 35_000;
    private static final int THREADS = 4;
    private static final int STEPS = 250;

    @TempDir
    Path directory;

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final AtomicLong now = new AtomicLong(1_000);

    private CacheStore store(Limits limits) throws IOException {
        AtomicInteger last = new AtomicInteger();
        return CacheStore.open(
                directory,
                limits,
                () -> Instant.ofEpochMilli(now.addAndGet(2_000)),
                () -> "upload-" + last.incrementAndGet(),
                threads);
    }

    /** Whoever opens the directory next may have stored the same again. */
    @Test
    void whatWasLeftForLaterIsNotDoneAfterTheEnd() throws Exception {
        Queue<Runnable> later = new ArrayDeque<>();
        Limits limits = Limits.of(QUOTA, QUOTA);
        try (Shelf shelf = new Shelf(directory, limits, 1, later::add)) {
            shelf.putBlob("job", "main", "layer");
            shelf.store().dropNamespace("job");
        }
        try (Shelf next = new Shelf(directory, limits)) {
            next.putBlob("job", "main", "layer");
            assertThat(later).isNotEmpty();
            List.copyOf(later).forEach(Runnable::run);
            assertThat(next.get(Shelf.blob("job", "main", "layer"))).contains("layer");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anythingAtTheSameTimeAsAnything(long seed) throws Exception {
        try (CacheStore store = store(Limits.of(QUOTA, OF_ONE))) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(seed * 100 + thread);
                all.add(threads.submit(() -> {
                    for (int step = 0; step < STEPS; step++) {
                        doSomething(random, store);
                    }
                    return true;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            store.collect();
            assertThat(store.verify()).isZero();
            assertThat(store.totals().uploads()).isZero();
        }
    }

    private static void doSomething(Random random, CacheStore store) throws IOException {
        String namespace = "job" + random.nextInt(2);
        String scope = "branch" + random.nextInt(3);
        String content = String.valueOf((char) ('a' + random.nextInt(16))).repeat(1 + random.nextInt(4) * 3000);
        EntryKey index = Shelf.index(namespace, scope, "app", random.nextInt(4));
        switch (random.nextInt(16)) {
            case 0 -> store.dropScope(namespace, scope);
            case 1 -> store.dropNamespace(namespace);
            case 2 -> store.renameNamespace(namespace, "elsewhere");
            case 3 -> store.renameNamespace("elsewhere", namespace);
            case 4 -> store.collect();
            case 5 -> store.stats();
            case 6 -> store.verify();
            case 7 -> put(store, index, "{\"of\":\"" + scope + "\",\"at\":" + Shelf.listing(content) + "}");
            case 8, 9, 10, 11 -> put(store, Shelf.blob(namespace, scope, content), content);
            case 12 -> read(store, namespace, scope, "index-app-1-0badcafe#");
            default -> read(store, namespace, scope, Shelf.blob("", "", content).key());
        }
        Stats.Totals totals = store.totals();
        assertThat(totals.bytes()).isLessThanOrEqualTo(QUOTA);
    }

    private static void put(CacheStore store, EntryKey key, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Upload upload = store.begin(key);
        long offset = upload.reserve(bytes.length);
        upload.write(offset, ByteBuffer.wrap(bytes));
        upload.block("", offset, bytes.length);
        if (upload.assemble(List.of(""))) {
            store.finish(key, bytes.length);
        }
    }

    private static void read(CacheStore store, String namespace, String scope, String key) {
        Optional<Found> found = store.find(namespace, List.of(scope), Shelf.VERSION, key, List.of(key));
        found.ifPresent(f -> {
            assertThat(f.key().namespace()).isEqualTo(namespace);
            assertThat(f.key().scope()).isEqualTo(scope);
            try (Content content = store.open(f.key(), f.entry().sha256()).orElse(null)) {
                if (content != null) {
                    ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
                    while (bytes.hasRemaining() && content.file().read(bytes) >= 0) {
                        Thread.onSpinWait();
                    }
                    String text = new String(bytes.array(), StandardCharsets.UTF_8);
                    assertThat(Shelf.sha256(text)).isEqualTo(f.entry().sha256());
                    assertThat(!f.key().isIndex() || text.contains("\"of\":\"" + scope + "\""))
                            .as(text)
                            .isTrue();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Test
    void whoeverGoesOnWritingWhileItIsFinishedChangesNothing() throws Exception {
        byte[] content = "right".repeat(400_000).getBytes(StandardCharsets.UTF_8);
        byte[] poison = "wrong".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        String sha256 = Shelf.sha256("right".repeat(400_000));
        EntryKey key = new EntryKey("job", "main", Shelf.VERSION, "buildkit-blob-1-sha256:" + sha256);
        int kept = 0;
        try (CacheStore store = store(Limits.of(1 << 30, 1 << 30))) {
            for (int race = 0; race < 60; race++) {
                Upload upload = store.begin(key);
                upload.reserve(0, content.length);
                upload.write(0, ByteBuffer.wrap(content));
                upload.block("", 0, content.length);
                upload.assemble(List.of(""));
                int pause = race * 20;
                Future<?> poisoning = threads.submit(() -> {
                    for (int i = 0; i < pause; i++) {
                        Thread.onSpinWait();
                    }
                    for (int i = 0; i < 20; i++) {
                        upload.write(i * 50_000L, ByteBuffer.wrap(poison));
                        upload.block("", 0, content.length);
                        upload.assemble(List.of("", ""));
                    }
                });
                kept += store.finish(upload, content.length) instanceof Kept ? 1 : 0;
                poisoning.get();
                assertThat(store.verify()).isZero();
            }
        }
        assertThat(kept).isPositive();
    }
}
