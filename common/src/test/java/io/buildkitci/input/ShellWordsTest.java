package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.buildkitci.model.InvalidValue;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShellWordsTest {
    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("  --debug  --x y\n", List.of("--debug", "--x", "y")),
                Arguments.of("--a='b c' --d=\"e \\\" f\"", List.of("--a=b c", "--d=e \" f")),
                Arguments.of("'\\n' a\\ b ''", List.of("\\n", "a b", "")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void splitsAsAShellDoes(String line, List<String> words) throws InvalidValue {
        assertThat(ShellWords.split(line)).isEqualTo(words);
    }

    @Test
    void refusesAnOpenQuote() {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> ShellWords.split("--a='b"));
    }
}
