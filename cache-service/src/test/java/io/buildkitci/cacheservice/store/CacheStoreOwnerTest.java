package io.buildkitci.cacheservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.store.CacheStore.Finished;
import io.buildkitci.cacheservice.store.CacheStore.Found;
import io.buildkitci.cacheservice.store.CacheStore.Kept;
import io.buildkitci.cacheservice.store.CacheStore.Refused;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the owner of a store does with namespaces and scopes, also while others read and write them. */
class CacheStoreOwnerTest {
    private static final Limits PLENTY = Limits.of(1 << 20, 1 << 20);
    private static final int RACES = 100;

    @TempDir
    Path directory;

    @AutoClose("shutdownNow")
    private final ExecutorService another = Executors.newSingleThreadExecutor();

    @Test
    void anUploadThatWasBegunBeforeItsScopeWasDroppedIsNeverSeen() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            for (int race = 0; race < RACES; race++) {
                String content = "layer " + race;
                EntryKey key = Shelf.blob("job", "main", content);
                shelf.begun(key, content);
                Future<Finished> finished = another.submit(() -> shelf.store().finish(key, content.length()));
                if (race % 2 == 0) {
                    shelf.store().dropScope("job", "main");
                } else {
                    shelf.store().dropNamespace("job");
                }
                finished.get();
                assertThat(shelf.get(key)).isEmpty();
            }
            assertThat(shelf.store().totals().bytes()).isZero();
            assertThat(shelf.store().totals().uploads()).isZero();
        }
    }

    @Test
    void anUploadThatWasBegunBeforeItsNamespaceWasRenamedEndsUpUnderTheNewName() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            for (int race = 0; race < RACES; race++) {
                String content = "layer " + race;
                EntryKey key = Shelf.blob("job", "main", content);
                shelf.begun(key, content);
                Future<Finished> finished = another.submit(() -> shelf.store().finish(key, content.length()));
                shelf.store().renameNamespace("job", "renamed");
                assertThat(finished.get()).isInstanceOf(Kept.class);
                assertThat(shelf.get(key)).isEmpty();
                assertThat(shelf.get(key.in("renamed"))).contains(content);
            }
        }
    }

    @Test
    void droppingOneScopeLeavesTheOthersAndTheirUploads() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.putBlob("job", "main", "layer");
            shelf.putBlob("job", "mainline", "layer");
            shelf.begun(Shelf.blob("job", "mainline", "more"), "more");
            shelf.begun(Shelf.blob("job", "main", "less"), "less");
            shelf.store().dropScope("job", "main");
            assertThat(shelf.hasBlob("job", "main", "layer")).isFalse();
            assertThat(shelf.hasBlob("job", "mainline", "layer")).isTrue();
            assertThat(shelf.store().finish(Shelf.blob("job", "mainline", "more"), 4))
                    .isInstanceOf(Kept.class);
            assertThat(shelf.store().finish(Shelf.blob("job", "main", "less"), 4))
                    .isInstanceOf(Refused.class);
        }
    }

    @Test
    void whatIsReadWhileItIsDroppedIsReadToItsEnd() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.putBlob("job", "main", "layer");
            Found found = found(shelf, "job");
            try (Content reading =
                    shelf.store().open(found.key(), found.entry().sha256()).orElseThrow()) {
                shelf.store().dropNamespace("job");
                shelf.promisesEnd();
                assertThat(reading.file().size()).isEqualTo(5);
            }
            assertThat(shelf.store().open(found.key(), found.entry().sha256())).isEmpty();
            shelf.store().collect();
            String sha256 = found.entry().sha256();
            assertThat(directory
                            .resolve("blobs")
                            .resolve(sha256.substring(0, 2))
                            .resolve(sha256))
                    .doesNotExist();
        }
    }

    @Test
    void anAddressThatWasGivenOutStaysGoodWhateverIsRenamedOrDropped() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.putBlob("job", "main", "layer");
            Found found = found(shelf, "job");
            shelf.store().renameNamespace("job", "second");
            shelf.store().renameNamespace("second", "third");
            assertThat(shelf.read(found)).contains("layer");
            shelf.store().renameNamespace("third", "job");
            assertThat(shelf.read(found)).contains("layer");
            shelf.store().dropNamespace("job");
            assertThat(shelf.read(found)).contains("layer");
            shelf.promisesEnd();
            assertThat(shelf.read(found)).isEmpty();
        }
    }

    private static Found found(Shelf shelf, String namespace) {
        EntryKey key = Shelf.blob(namespace, "main", "layer");
        return shelf.store()
                .find(namespace, List.of("main"), Shelf.VERSION, key.key(), List.of())
                .orElseThrow();
    }

    @Test
    void ofTwoUnderOneKeyTheOneThatIsRenamedStays() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.put(Shelf.index("job", "main", "app", 1), "{\"job\":1}");
            shelf.put(Shelf.index("other", "main", "app", 1), "{\"other\":1}");
            shelf.putBlob("other", "main", "beside");
            shelf.store().renameNamespace("job", "other");
            assertThat(shelf.get(Shelf.index("other", "main", "app", 1))).contains("{\"job\":1}");
            assertThat(shelf.hasBlob("other", "main", "beside")).isTrue();
            shelf.store().renameNamespace("other", "other");
            assertThat(shelf.hasBlob("other", "main", "beside")).isTrue();
            assertThat(shelf.store().totals().contents()).isEqualTo(2);
        }
    }

    @Test
    void twoNamespacesThatBecomeOneStayWithinItsQuota() throws Exception {
        try (Shelf shelf = new Shelf(directory, Limits.of(1000, 300))) {
            shelf.putBlob("job", "main", "j".repeat(200));
            shelf.later(1);
            shelf.putBlob("other", "main", "o".repeat(200));
            shelf.store().renameNamespace("job", "other");
            assertThat(shelf.store().totals().bytes()).isEqualTo(200);
            assertThat(shelf.hasBlob("other", "main", "o".repeat(200))).isTrue();
        }
    }

    @Test
    void whenAllThatCouldGoIsBeingReadAnUploadIsRefusedAndTheQuotaHolds() throws Exception {
        try (Shelf shelf = new Shelf(directory, Limits.of(300, 300))) {
            shelf.putBlob("job", "main", "layer");
            shelf.putBlob("job", "main", "a".repeat(200));
            Found found = found(shelf, "job");
            Found large = shelf.store()
                    .find(
                            "job",
                            List.of("main"),
                            Shelf.VERSION,
                            Shelf.blob("", "", "a".repeat(200)).key(),
                            List.of())
                    .orElseThrow();
            try (Content one = shelf.store()
                            .open(found.key(), found.entry().sha256())
                            .orElseThrow();
                    Content two = shelf.store()
                            .open(large.key(), large.entry().sha256())
                            .orElseThrow()) {
                assertThat(shelf.putBlob("job", "main", "b".repeat(200)))
                        .isEqualTo(new Refused("there is no room: what could go is being read"));
                assertThat(one.size() + two.size()).isEqualTo(205);
                assertThat(shelf.store().totals().bytes()).isEqualTo(205);
            }
            assertThat(shelf.putBlob("job", "main", "b".repeat(200))).isInstanceOf(Refused.class);
            shelf.promisesEnd();
            assertThat(shelf.putBlob("job", "main", "b".repeat(200))).isInstanceOf(Kept.class);
        }
    }

    @Test
    void whatWasDoneInAScopeIsRememberedOverARestartAndForgottenWithIt() throws Exception {
        try (Shelf shelf = new Shelf(directory, Limits.of(300, 300))) {
            shelf.putBlob("job", "main", "layer");
            shelf.later(5);
            assertThat(shelf.store()
                            .find(
                                    "job",
                                    List.of("feature", "main"),
                                    Shelf.VERSION,
                                    Shelf.blob("", "", "layer").key(),
                                    List.of()))
                    .isPresent();
            shelf.hasBlob("job", "feature", "nothing");
            shelf.promisesEnd();
            shelf.putBlob("job", "main", "b".repeat(299));
        }
        try (Shelf again = new Shelf(directory, Limits.of(300, 300))) {
            Stats.OfNamespace job = again.store().stats().namespaces().get(0);
            assertThat(job.traffic()).isEqualTo(new Stats.Traffic(1, 1, 1, 601_005));
            assertThat(job.scopes())
                    .containsExactly(
                            new Stats.OfScope("feature", 0, 0, 0, new Stats.Traffic(1, 1, 0, 1005)),
                            new Stats.OfScope("main", 299, 1, 0, new Stats.Traffic(0, 0, 1, 601_005)));
            again.store().renameNamespace("job", "renamed");
            again.store().dropScope("renamed", "main");
            assertThat(again.store().stats().namespaces())
                    .singleElement()
                    .satisfies(left -> assertThat(left.traffic()).isEqualTo(new Stats.Traffic(1, 1, 0, 1005)));
            again.store().dropNamespace("renamed");
            assertThat(again.store().stats().namespaces()).isEmpty();
        }
    }

    @Test
    void aScopeWithoutEntriesIsForgottenAMonthAfterItsLastUse() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY, System.currentTimeMillis())) {
            shelf.hasBlob("job", "gone", "layer");
            shelf.putBlob("job", "main", "layer");
            shelf.hasBlob("job", "main", "layer");
            shelf.later(40L * 24 * 3600 * 1000);
            shelf.store().collect();
            assertThat(shelf.store().stats().namespaces().get(0).scopes())
                    .extracting(Stats.OfScope::name)
                    .containsExactly("main");
        }
    }
}
