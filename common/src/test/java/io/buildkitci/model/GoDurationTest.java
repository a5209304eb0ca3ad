package io.buildkitci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "90s, 90000",
        "1h30m, 5400000",
        "2.5m, 150000",
        ".5s, 500",
        "1.s, 1000",
        "250ms, 250",
        "1500us, 2",
        "2000000ns, 2"
    })
    void readsWhatGoWrites(String text, long millis) throws Exception {
        assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 m", "m", "1d", "-5m", "5mm", "0s", "0h0m", "5m x"})
    void refusesWhatIsNoLengthOfTime(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("write 90s, 5m or 1h30m");
    }
}
