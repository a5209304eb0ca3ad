package io.buildkitci.cacheservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
    @ParameterizedTest
    @CsvSource({
        "bytes=0-, 0, 100, bytes 0-99/100",
        "bytes=10-, 10, 90, bytes 10-99/100",
        "bytes=10-19, 10, 10, bytes 10-19/100",
        "bytes=99-500, 99, 1, bytes 99-99/100",
        "bytes=-30, 70, 30, bytes 70-99/100",
        "bytes=-300, 0, 100, bytes 0-99/100"
    })
    void aStretchIsWithinTheContent(String header, long from, long length, String rendered) {
        assertThat(ByteRange.parse(header, 100)).contains(new ByteRange(from, length));
        assertThat(new ByteRange(from, length).render(100)).isEqualTo(rendered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes=",
                "bytes=-",
                "bytes=100-",
                "bytes=20-10",
                "bytes=-0",
                "bytes=0-1,5-6",
                "items=0-1",
                "bytes=a-b",
                "bytes=99999999999999999999-",
                "bytes=1-99999999999999999999"
            })
    void whatIsNoStretchOfItIsNone(String header) {
        assertThat(ByteRange.parse(header, 100)).isEmpty();
    }

    @Test
    void noTextMakesItThrowOrLeaveTheContent() {
        Random random = new Random(13);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder("bytes=" + random.nextInt(200) + "-" + random.nextInt(200));
            for (int change = random.nextInt(3); change > 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(0x100)));
            }
            long size = random.nextInt(150);
            assertThat(ByteRange.parse(text.toString(), size).stream())
                    .as(text.toString())
                    .allSatisfy(range -> {
                        assertThat(range.from()).isNotNegative();
                        assertThat(range.length()).isPositive();
                        assertThat(range.from() + range.length()).isLessThanOrEqualTo(size);
                    });
        }
    }
}
