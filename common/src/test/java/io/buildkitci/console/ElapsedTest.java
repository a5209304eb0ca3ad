package io.buildkitci.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0s",
        "49, 0.0s",
        "50, 0.1s",
        "440, 0.4s",
        "12340, 12.3s",
        "59949, 59.9s",
        "59950, 1m00s",
        "90000, 1m30s",
        "3599000, 59m59s",
        "3600000, 1h00m",
        "7500000, 2h05m",
        "-5000, 0.0s"
    })
    void isShortAndRounded(long millis, String text) {
        assertThat(Elapsed.render(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
