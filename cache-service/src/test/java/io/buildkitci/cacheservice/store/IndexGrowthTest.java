package io.buildkitci.cacheservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of entries that are stored one after another, as builders store them, each with a commit of its own. */
class IndexGrowthTest {
    private static final int STORED = 20_000;

    /** What a file may be whatever is in it: small ones are left alone, and grow for some commits before they are looked at. */
    private static final long FLOOR = 16 << 20;

    @TempDir
    Path directory;

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AutoClose
    private Index index;

    private Holdings holdings;
    private Path file;

    @BeforeEach
    void open() throws Exception {
        file = directory.resolve("index.mv");
        index = Index.open(file);
        Trash trash = new Trash(directory.resolve("trash"), Runnable::run);
        holdings = new Holdings(
                index, new Blobs(directory.resolve("blobs"), trash), new Leases(InstantSource.system()), trash);
    }

    /** Of contents whose digests are nowhere near each other. */
    private static EntryKey key(int number) {
        return Shelf.blob("job", "refs/heads/main", "content " + number);
    }

    /** @return how much was stored */
    private int store(int number) {
        EntryKey key = key(number);
        Entry entry = new Entry(key.digest().orElseThrow(), number, 1, 1);
        holdings.put(key, entry, List.of());
        assertThat(holdings.commit()).isTrue();
        return key.render().length() + entry.render().length();
    }

    @Test
    void itsFileStaysInProportionToWhatItHolds() throws IOException {
        long held = 0;
        for (int i = 0; i < STORED; i++) {
            held += store(i);
            if (i % 100 == 0) {
                assertThat(Files.size(file)).as("after " + i).isLessThan(FLOOR + 5 * held);
            }
        }
        long full = Files.size(file);
        for (int i = 0; i < 500; i++) {
            store(STORED + i % 5);
        }
        assertThat(Files.size(file)).as("the same stored again").isLessThan(FLOOR + full);
    }

    @Test
    void whoReadsMeanwhileFindsAllThatIsThere() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            store(i);
        }
        AtomicInteger stored = new AtomicInteger(2_000);
        List<Future<Integer>> readers = new ArrayList<>();
        for (int reader = 0; reader < 3; reader++) {
            int first = reader;
            readers.add(threads.submit(() -> {
                int read = 0;
                for (int i = first; stored.get() < 10_000; i = (i + 1_234) % stored.get()) {
                    assertThat(index.get(key(i)).map(Entry::size)).contains((long) i);
                    if (++read % 500 == 0) {
                        int least = stored.get();
                        assertThat(holdings.all("").size()).isGreaterThanOrEqualTo(least);
                    }
                }
                return read;
            }));
        }
        while (stored.get() < 10_000) {
            store(stored.get());
            stored.incrementAndGet();
        }
        for (Future<Integer> reader : readers) {
            assertThat(reader.get()).isPositive();
        }
    }
}
