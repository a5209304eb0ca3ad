package io.buildkitci.cacheservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.cacheservice.store.CacheStore.Found;
import io.buildkitci.cacheservice.store.CacheStore.Kept;
import io.buildkitci.cacheservice.store.CacheStore.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheStoreTest {
    private static final Limits PLENTY = Limits.of(1 << 20, 1 << 20);

    @TempDir
    Path directory;

    @Test
    void anEntryIsThereFromTheMomentItIsFinished() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.begun(Shelf.blob("job", "main", "layer"), "layer");
            assertThat(shelf.hasBlob("job", "main", "layer")).isFalse();

            assertThat(shelf.store().finish(Shelf.blob("job", "main", "layer"), 5))
                    .isInstanceOf(Kept.class);
            assertThat(shelf.get(Shelf.blob("job", "main", "layer"))).contains("layer");
        }
    }

    @Test
    void whatIsFinishedOutlivesTheProcess() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.putBlob("job", "main", "layer");
        }
        try (Shelf again = new Shelf(directory, PLENTY)) {
            assertThat(again.hasBlob("job", "main", "layer")).isTrue();
            assertThat(again.store().totals().bytes()).isEqualTo(5);
        }
    }

    @Test
    void aContentThatIsNotItsKeysIsRefusedAndLeavesNothing() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            assertThat(shelf.put(Shelf.blob("job", "main", "layer"), "other")).isInstanceOf(Refused.class);
            assertThat(shelf.hasBlob("job", "main", "layer")).isFalse();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void anUploadOfAnotherSizeIsNotFinished() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.begun(Shelf.blob("job", "main", "layer"), "layer");
            assertThat(shelf.store().finish(Shelf.blob("job", "main", "layer"), 4))
                    .isInstanceOf(Refused.class);
            assertThat(shelf.store().finish(Shelf.blob("job", "main", "layer"), 5))
                    .isInstanceOf(Kept.class);
        }
    }

    @Test
    void twoWritersOfOneKeyBothSucceedAndTheLastIsRead() throws Exception {
        EntryKey key = Shelf.index("job", "main", "app", 1);
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.begun(key, "{\"a\":1}");
            shelf.begun(key, "{\"b\":2}");
            assertThat(shelf.store().finish(key, 7)).isInstanceOf(Kept.class);
            assertThat(shelf.store().finish(key, 7)).isInstanceOf(Kept.class);
            assertThat(shelf.get(key))
                    .hasValueSatisfying(text -> assertThat(text).isIn("{\"a\":1}", "{\"b\":2}"));
            assertThat(shelf.store().finish(key, 7)).isInstanceOf(Refused.class);
        }
    }

    @Test
    void blocksMayComeInAnyOrderAndAgain() throws Exception {
        EntryKey key = Shelf.blob("job", "main", "one two three");
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            Upload upload = shelf.store().begin(key);
            block(upload, "3", "three");
            block(upload, "1", "torn");
            block(upload, "2", "two ");
            block(upload, "1", "one ");
            assertThat(upload.assemble(List.of("1", "2", "4"))).isFalse();
            assertThat(upload.assemble(List.of("1", "2", "3"))).isTrue();
            assertThat(shelf.store().finish(key, 13)).isInstanceOf(Kept.class);
            assertThat(shelf.get(key)).contains("one two three");
        }
    }

    private static void block(Upload upload, String name, String content) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        int length = bytes.remaining();
        long offset = upload.reserve(length);
        upload.write(offset, bytes);
        upload.block(name, offset, length);
    }

    @Test
    void aContentIsKeptOnceForAllThatReferToIt() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.putBlob("job", "main", "layer");
            shelf.putBlob("job", "feature", "layer");
            shelf.putBlob("other", "main", "layer");
            assertThat(shelf.store().totals().bytes()).isEqualTo(5);
            assertThat(files()).hasSize(1);

            shelf.store().dropNamespace("job");
            assertThat(shelf.hasBlob("other", "main", "layer")).isTrue();
            shelf.store().dropScope("other", "main");
            assertThat(shelf.store().totals().bytes()).isZero();
            shelf.promisesEnd();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void scopesAreReadInOrderAndTheNewestOfAPrefixWins() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.put(Shelf.index("job", "main", "app", 1), "{\"main\":1}");
            shelf.later(1);
            shelf.put(Shelf.index("job", "main", "app", 2), "{\"main\":2}");
            assertThat(shelf.store()
                            .find("job", List.of("feature", "main"), Shelf.VERSION, "nothing", List.of("index-app-1-"))
                            .flatMap(shelf::read))
                    .contains("{\"main\":2}");
            shelf.put(Shelf.index("job", "feature", "app", 1), "{\"feature\":1}");
            assertThat(shelf.store()
                            .find("job", List.of("feature", "main"), Shelf.VERSION, "nothing", List.of("index-app-1-"))
                            .flatMap(shelf::read))
                    .contains("{\"feature\":1}");
            assertThat(shelf.store().find("other", List.of("main"), Shelf.VERSION, "index-app", List.of("index")))
                    .isEmpty();
            assertThat(shelf.store().find("job", List.of("main"), "w", "index-app", List.of("index")))
                    .isEmpty();
        }
    }

    @Test
    void ofAnIndexTheNewestGenerationsStay() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            for (int generation = 1; generation <= 5; generation++) {
                shelf.put(Shelf.index("job", "main", "app", generation), "{\"n\":" + generation + "}");
                shelf.put(Shelf.index("job", "main", "web", generation), "{\"w\":" + generation + "}");
                shelf.later(1);
            }
            assertThat(shelf.store().stats().namespaces().get(0).entries()).isEqualTo(4);
            assertThat(shelf.get(Shelf.index("job", "main", "app", 5))).isPresent();
            assertThat(shelf.get(Shelf.index("job", "main", "app", 4))).isPresent();
            assertThat(shelf.get(Shelf.index("job", "main", "app", 3))).isEmpty();
        }
    }

    @Test
    void whatWasNotUsedForLongestGoesFirstAndAnIndexBeforeItsContents() throws Exception {
        try (Shelf shelf = new Shelf(directory, Limits.of(600, 600))) {
            String old = "o".repeat(150);
            String recent = "r".repeat(150);
            shelf.putBlob("job", "main", old);
            shelf.put(Shelf.index("job", "main", "old", 1), Shelf.listing(old));
            shelf.later(10);
            shelf.putBlob("job", "main", recent);
            shelf.put(Shelf.index("job", "main", "recent", 1), Shelf.listing(recent));
            shelf.later(10);
            shelf.get(Shelf.index("job", "main", "recent", 1));
            shelf.later(10);

            assertThat(shelf.putBlob("job", "main", "n".repeat(300))).isInstanceOf(Kept.class);

            assertThat(shelf.get(Shelf.index("job", "main", "old", 1))).isEmpty();
            assertThat(shelf.hasBlob("job", "main", old)).isFalse();
            assertThat(shelf.get(Shelf.index("job", "main", "recent", 1))).isPresent();
            assertThat(shelf.hasBlob("job", "main", recent)).isTrue();
            assertThat(shelf.store().totals().bytes()).isLessThanOrEqualTo(600);
        }
    }

    @Test
    void aNamespaceMakesRoomInItselfOnly() throws Exception {
        try (Shelf shelf = new Shelf(directory, Limits.of(1000, 300))) {
            shelf.putBlob("other", "main", "x".repeat(200));
            for (int i = 0; i < 5; i++) {
                shelf.later(1);
                shelf.putBlob("job", "main", String.valueOf(i).repeat(100));
            }
            assertThat(shelf.hasBlob("other", "main", "x".repeat(200))).isTrue();
            assertThat(shelf.hasBlob("job", "main", "4".repeat(100))).isTrue();
            assertThat(shelf.hasBlob("job", "main", "0".repeat(100))).isFalse();
            assertThat(shelf.store().totals().bytes()).isLessThanOrEqualTo(500);
        }
    }

    @Test
    void whatIsReadNowIsNotEvicted() throws Exception {
        try (Shelf shelf = new Shelf(directory, Limits.of(300, 300))) {
            shelf.putBlob("job", "main", "a".repeat(200));
            Found found = shelf.store()
                    .find(
                            "job",
                            List.of("main"),
                            Shelf.VERSION,
                            Shelf.blob("", "", "a".repeat(200)).key(),
                            List.of())
                    .orElseThrow();
            try (Content reading =
                    shelf.store().open(found.key(), found.entry().sha256()).orElseThrow()) {
                shelf.promisesEnd();
                shelf.putBlob("job", "main", "b".repeat(200));
                assertThat(shelf.hasBlob("job", "main", "a".repeat(200))).isTrue();
                assertThat(reading.file().size()).isEqualTo(200);
            }
        }
    }

    @Test
    void aContentLargerThanTheQuotaIsRefusedAndEvictsNothing() throws Exception {
        try (Shelf shelf = new Shelf(directory, Limits.of(300, 300))) {
            shelf.putBlob("job", "main", "a".repeat(200));
            assertThat(shelf.putBlob("job", "main", "b".repeat(301))).isInstanceOf(Refused.class);
            assertThat(shelf.hasBlob("job", "main", "a".repeat(200))).isTrue();
        }
    }

    @Test
    void aDamagedContentIsAMissAndTakesItsIndexWithIt() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.putBlob("job", "main", "layer");
            shelf.putBlob("job", "main", "whole");
            shelf.put(Shelf.index("job", "main", "app", 1), Shelf.listing("layer"));
            shelf.put(Shelf.index("job", "main", "web", 1), Shelf.listing("whole"));
        }
        Files.writeString(file("layer"), "lAyer");
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            assertThat(shelf.get(Shelf.blob("job", "main", "layer"))).isEmpty();
            assertThat(shelf.get(Shelf.index("job", "main", "app", 1))).isEmpty();
            assertThat(shelf.get(Shelf.index("job", "main", "web", 1))).isPresent();
            assertThat(shelf.store().exists(Shelf.blob("job", "main", "layer"))).isFalse();
            shelf.putBlob("job", "main", "layer");
            assertThat(shelf.get(Shelf.blob("job", "main", "layer"))).contains("layer");
        }
    }

    @Test
    void aShortenedContentIsNotFoundInTheFirstPlace() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.putBlob("job", "main", "layer");
            Files.writeString(file("layer"), "lay");
            EntryKey key = Shelf.blob("job", "main", "layer");
            assertThat(shelf.store().find("job", List.of("main"), Shelf.VERSION, key.key(), List.of()))
                    .isEmpty();
        }
    }

    @Test
    void verifyingFindsWhatNobodyAskedFor() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.putBlob("job", "main", "layer");
            shelf.putBlob("job", "main", "whole");
            Files.writeString(file("layer"), "lAyer");
            assertThat(shelf.store().verify()).isEqualTo(1);
            assertThat(shelf.hasBlob("job", "main", "layer")).isFalse();
            assertThat(shelf.hasBlob("job", "main", "whole")).isTrue();
            assertThat(shelf.store().verify()).isZero();
        }
    }

    @Test
    void theNextStartRemovesWhatAKilledProcessLeft() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.putBlob("job", "main", "layer");
        }
        Files.writeString(directory.resolve("uploads").resolve("of-a-dead-process"), "half");
        Files.createDirectories(directory.resolve("blobs/ab"));
        Files.writeString(directory.resolve("blobs/ab/" + "ab".repeat(32)), "not referred to");
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            assertThat(files()).hasSize(1);
            assertThat(shelf.hasBlob("job", "main", "layer")).isTrue();
        }
    }

    @Test
    void anUploadThatIsSilentForLongIsGivenUp() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY, System.currentTimeMillis())) {
            shelf.begun(Shelf.blob("job", "main", "layer"), "layer");
            shelf.store().collect();
            assertThat(shelf.store().totals().uploads()).isEqualTo(1);
            shelf.later(PLENTY.unfinished().toMillis() + 60_000);
            shelf.store().collect();
            assertThat(shelf.store().totals().uploads()).isZero();
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void aNamespaceCanGetAnotherName() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            shelf.putBlob("job", "main", "layer");
            shelf.put(Shelf.index("job", "main", "app", 1), Shelf.listing("layer"));
            shelf.store().renameNamespace("job", "renamed");
            assertThat(shelf.hasBlob("job", "main", "layer")).isFalse();
            assertThat(shelf.get(Shelf.blob("renamed", "main", "layer"))).contains("layer");
            assertThat(shelf.store().stats().namespaces())
                    .filteredOn(namespace -> namespace.entries() > 0)
                    .extracting(Stats.OfNamespace::name)
                    .containsExactly("renamed");
        }
    }

    @Test
    void aStoreIsOpenInOneProcessOnly() throws Exception {
        try (Shelf shelf = new Shelf(directory, PLENTY)) {
            assertThat(shelf.store().totals().contents()).isZero();
            assertThatThrownBy(() -> new Shelf(directory, PLENTY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("index.mv cannot be opened");
        }
    }

    private Path file(String content) {
        String sha256 = Shelf.sha256(content);
        return directory.resolve("blobs").resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    /** Of contents and uploads. */
    private List<Path> files() throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(".mv"))
                    .toList();
        }
    }
}
