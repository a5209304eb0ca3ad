package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({
        "platfroms, platforms",
        "platform, platforms",
        "cacheFrom, cache-from",
        "cache_to, cache-to",
        "TAGS, tags",
        "buildargs, build-args",
        "tgas, tags",
        "pus, push",
    })
    void findsWhatWasMeant(String typed, String meant) {
        assertThat(BuildInputs.ALL.nearest(typed))
                .hasValueSatisfying(
                        near -> assertThat(BuildInputs.ALL.named(near)).isEqualTo(BuildInputs.ALL.named(meant)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "verbose", "registry-password", "zzz", "x"})
    void saysNothingRatherThanSomethingFar(String typed) {
        assertThat(BuildInputs.ALL.nearest(typed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"b, b", "ab, a"})
    void prefersTheCloserAndThenTheFirstByName(String typed, String meant) {
        assertThat(Nearest.to(typed, Stream.of("b", "a"))).contains(meant);
    }
}
