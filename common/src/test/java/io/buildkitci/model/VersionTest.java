package io.buildkitci.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @ParameterizedTest
    @CsvSource({
        "0.36.1, 0.36.1",
        "v0.36.1, 0.36.1",
        "28.5, 28.5.0",
        "v0.13.0-rc2, 0.13.0",
        "0.29.1+debian, 0.29.1",
        "'v0.32.2\n', 0.32.2",
    })
    void readsARelease(String text, String rendered) {
        assertThat(Version.parse(text)).map(Version::render).contains(rendered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v0.0.0+unknown", "master", "v1", "a0.1.2", "9999999.1.1"})
    void saysNothingOfWhatIsNoRelease(String text) {
        assertThat(Version.parse(text)).isEmpty();
    }

    @Test
    void comparesByNumberNotByText() {
        assertThat(new Version(0, 10, 0)).isGreaterThan(new Version(0, 9, 9));
        assertThat(new Version(0, 10, 0).atLeast(0, 10)).isTrue();
        assertThat(new Version(0, 9, 9).atLeast(0, 10)).isFalse();
        assertThat(new Version(1, 0, 0).atLeast(0, 10)).isTrue();
    }
}
