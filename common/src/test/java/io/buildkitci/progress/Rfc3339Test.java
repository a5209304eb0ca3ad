package io.buildkitci.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @Test
    void readsWhatTheStandardLibraryWrites() {
        Random random = new Random(20261123);
        for (int i = 0; i < 2000; i++) {
            long second = random.nextLong(Instant.parse("0002-01-01T00:00:00Z").getEpochSecond(), 253_402_300_799L);
            Instant time = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-14 * 60, 14 * 60));

            assertThat(Rfc3339.parse(time.toString())).contains(time);
            OffsetDateTime there = time.atOffset(offset);
            if (there.getSecond() != 0 && there.getYear() < 10_000) {
                assertThat(Rfc3339.parse(there.toString())).contains(time);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T00:00:00Z",
                "2000-02-29T23:59:59.999999999Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "2026-03-01T00:00:00Z",
                "2026-12-31T00:00:00Z"
            })
    void readsDaysAtTheEdgeOfMonthsAndYears(String text) {
        assertThat(Rfc3339.parse(text)).contains(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "0001-01-01T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2026-01-01 00:00:00Z",
                "2026-01-01T00:00:00",
                "2026-01-01T00:00:00+2",
                "2026-01-01T00:00:00+02.00"
            })
    void isEmptyForWhatIsNoTimestampAndForTheZeroTime(String text) {
        assertThat(Rfc3339.parse(text)).isEmpty();
    }
}
