package io.buildkitci.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainTextTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("RUN a \\\n    && b", "RUN a \\ && b"),
                arguments("  a\t\tb\r\nc  d \n\n", "a b c d"),
                arguments("\u001b[31mred\u001b[0m x", "red x"),
                arguments("a\u001b]0;title", "a"),
                arguments("an unfinished\u001b[3\nsequence", "an unfinished sequence"),
                arguments("ab\u202edc\u2066e", "abdce"),
                arguments("half \ud800 and \udc00", "half \ufffd and \ufffd"),
                arguments("a\u2028b\u00a0c", "a b c"),
                arguments("\u0000\u0007\n", ""));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void manyLinesBecomeOneWithoutWhatCannotBeSeen(String text, String line) {
        assertThat(PlainText.oneLine(text, 100)).isEqualTo(line);
    }

    @Test
    void aLineOfOutputKeepsItsIndentation() {
        assertThat(PlainText.line("  a\tb  c \u001b[0m", 100)).isEqualTo("  a\tb  c");
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsTooLongEndsInAnEllipsisAndNeverInHalfACharacter(int seed) {
        Random random = new Random(seed);
        String text = "😀é".repeat(random.nextInt(20)) + HostileTexts.random(random);
        int most = 1 + random.nextInt(30);

        String line = PlainText.oneLine(text, most);

        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(most);
        assertThat(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(line);
        String whole = PlainText.oneLine(text, 10_000);
        assertThat(line.equals(whole) || line.endsWith("…")).isTrue();
    }
}
