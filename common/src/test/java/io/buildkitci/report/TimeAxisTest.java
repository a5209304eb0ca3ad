package io.buildkitci.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAxisTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0         | 0 s, 0.001 s",
                "5         | 0 s, 0.001 s, 0.002 s, 0.003 s, 0.004 s, 0.005 s",
                "480       | 0 s, 0.1 s, 0.2 s, 0.3 s, 0.4 s, 0.5 s",
                "4900      | 0 s, 1 s, 2 s, 3 s, 4 s, 5 s",
                "61000     | 0 s, 15 s, 30 s, 45 s, 01:00, 01:15",
                "185400    | 0 s, 01:00, 02:00, 03:00, 04:00",
                "3700000   | 0 s, 15:00, 30:00, 45:00, 1:00:00, 1:15:00",
                "600000000 | 0 s, 48:00:00, 96:00:00, 144:00:00, 192:00:00"
            })
    void endsAtARoundTimeAfterTheLast(long millis, String labels) {
        assertThat(String.join(", ", TimeAxis.until(Duration.ofMillis(millis)).labels()))
                .isEqualTo(labels);
    }

    @RepeatedTest(100)
    void everyBarLiesOnItAndCanBeSeen(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        long end = 1 + (long) Math.pow(10, random.nextDouble() * 10);
        TimeAxis axis = TimeAxis.until(Duration.ofMillis(end));
        long start = random.nextLong(end + 1);
        long time = random.nextLong(end - start + 1);

        TimeAxis.Extent extent = axis.extent(Duration.ofMillis(start), Duration.ofMillis(time));

        assertThat(axis.parts()).isBetween(1, 6);
        assertThat(percent(extent.width())).isBetween(0.4, 100.0);
        assertThat(percent(extent.from())).isBetween(0.0, 99.6);
        assertThat(percent(extent.from()) + percent(extent.width())).isLessThanOrEqualTo(100.0001);
    }

    private static double percent(String text) {
        assertThat(text).matches("\\d{1,3}(\\.\\d\\d)?%");
        return Double.parseDouble(text.replace("%", ""));
    }
}
