package io.buildkitci.cacheservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.store.CacheStore.Kept;
import io.buildkitci.cacheservice.store.CacheStore.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What others have shows in nothing that is done for a scope: its calls make the store ask the same of the disk and commit
 * as often, whether another has the layer or another layer. Times follow from that; they are not measured.
 */
class UntoldTest {
    private static final String LAYER = "the layer in question";
    private static final String ANOTHER = "some other layer here";
    private static final EntryKey KEY = Shelf.blob("job", "fork", LAYER);

    @TempDir
    Path directory;

    private final Queue<Runnable> aside = new ArrayDeque<>();

    @ParameterizedTest
    @CsvSource({"job,main", "job,fork/8", "secret,main"})
    void itsCallsAreTheSameWorkWhoeverHasTheLayer(String namespace, String scope) throws Exception {
        Map<String, Object> hidden = work("hidden", Shelf.blob(namespace, scope, LAYER), LAYER);
        Map<String, Object> absent = work("absent", Shelf.blob(namespace, scope, ANOTHER), ANOTHER);

        assertThat(hidden).isEqualTo(absent);
        assertThat(hidden.values())
                .as("what is looked at")
                .anyMatch(asked -> asked.toString().contains("move"));
    }

    /** What each call of a scope made the store do, where a neighbour has an entry. */
    private Map<String, Object> work(String name, EntryKey neighbour, String content) throws Exception {
        Map<String, Object> work = new LinkedHashMap<>();
        Path counted = CountedFiles.in(Files.createDirectory(directory.resolve(name)));
        try (Shelf shelf = new Shelf(counted, Limits.of(1 << 20, 60), 1, aside::add)) {
            shelf.put(neighbour, content);
            shelf.later(1);
            rest(counted);
            does(work, "look up", counted, () -> assertThat(shelf.get(KEY)).isEmpty());
            does(
                    work,
                    "ask",
                    counted,
                    () -> assertThat(shelf.store().exists(KEY)).isFalse());
            does(
                    work,
                    "claim",
                    counted,
                    () -> assertThat(shelf.put(KEY, ANOTHER)).isInstanceOf(Refused.class));
            does(
                    work,
                    "upload",
                    counted,
                    () -> assertThat(shelf.put(KEY, LAYER)).isInstanceOf(Kept.class));
            does(work, "read", counted, () -> assertThat(shelf.get(KEY)).contains(LAYER));
            does(
                    work,
                    "repeat",
                    counted,
                    () -> assertThat(shelf.put(KEY, LAYER)).isInstanceOf(Kept.class));
            shelf.promisesEnd();
            rest(counted);
            String more = "m".repeat(50);
            does(
                    work,
                    "evict",
                    counted,
                    () -> assertThat(shelf.putBlob("job", "fork", more)).isInstanceOf(Kept.class));
            does(work, "look again", counted, () -> assertThat(shelf.get(KEY)).isEmpty());
        }
        work.put("commits", commits(directory.resolve(name).resolve("index.mv")));
        return work;
    }

    private static long commits(Path index) throws IOException {
        try (MVStore store =
                new MVStore.Builder().fileName(index.toString()).readOnly().open()) {
            return store.getCurrentVersion();
        }
    }

    /** One call. */
    private interface Call {
        void run() throws Exception;
    }

    /** @param work what nobody waits for is not of it */
    private void does(Map<String, Object> work, String what, Path counted, Call call) throws Exception {
        call.run();
        work.put(what, CountedFiles.asked(counted));
        rest(counted);
    }

    private void rest(Path counted) {
        while (!aside.isEmpty()) {
            aside.remove().run();
        }
        CountedFiles.asked(counted);
    }
}
