package io.buildkitci.cacheservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheIndexTest {
    private static final String LISTING = Shelf.listing("one", "two", "one");

    private static List<String> needs(String text) {
        return CacheIndex.needs(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void itsLayersAreNamedOnce() {
        assertThat(needs(LISTING)).containsExactly(Shelf.sha256("one"), Shelf.sha256("two"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "{\"blob\":1}",
                "{\"blob\":[\"sha256:00\"]}",
                "{\"blob\":\"sha256:../../../../etc/passwd\"}",
                "{\"blob\":\"md5:00\"}"
            })
    void whatListsNothingNeedsNothing(String text) {
        assertThat(needs(text)).isEmpty();
        assertThat(needs("[".repeat(100_000) + text)).isEmpty();
    }

    /** Anybody who may write stores any bytes under the name of an index. */
    @Test
    void noBytesMakeItFailAndAllThatItNamesAreDigests() {
        Random random = new Random(23);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = LISTING.getBytes(StandardCharsets.UTF_8);
            if (i % 5 == 0) {
                bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
            }
            for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(CacheIndex.needs(bytes)).allMatch(EntryKey::isDigest);
        }
        for (byte[] mark : List.of(new byte[] {0, 0, -2, -1}, new byte[] {-1, -2, 0, 0}, new byte[] {0, 0, -1, -2})) {
            assertThat(CacheIndex.needs(mark)).isEmpty();
        }
    }
}
