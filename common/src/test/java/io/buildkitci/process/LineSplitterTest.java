package io.buildkitci.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineSplitterTest {
    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("a", List.of("a")),
                Arguments.of("a\nb\n", List.of("a", "b")),
                Arguments.of("a\r\nb\r\n", List.of("a", "b")),
                Arguments.of("\n\r\n\n", List.of("", "", "")),
                Arguments.of("10%\r20%\r\nend", List.of("10%\r20%", "end")),
                Arguments.of("end\r", List.of("end\r")),
                Arguments.of("漢字\n\uD83D\uDE00", List.of("漢字", "\uD83D\uDE00")));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void cutsAtLfAndCrlfByteByByte(String text, List<String> expected) {
        assertThat(split(text.getBytes(UTF_8), 1)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void cutsAtLfAndCrlfInOnePiece(String text, List<String> expected) {
        assertThat(split(text.getBytes(UTF_8), 1000)).isEqualTo(expected);
    }

    static IntStream seeds() {
        return IntStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itDoesNotMatterWhereThePiecesEnd(int seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[5000];
        random.nextBytes(bytes);

        assertThat(split(bytes, 1 + random.nextInt(300))).isEqualTo(split(bytes, bytes.length));
    }

    @Test
    void replacesWhatIsNotUtf8() {
        byte[] broken = {'a', (byte) 0xff, 'b', '\n', (byte) 0xe6, (byte) 0xbc};

        assertThat(split(broken, 1)).containsExactly("a\uFFFDb", "\uFFFD");
    }

    private static List<String> split(byte[] bytes, int piece) {
        List<String> lines = new ArrayList<>();
        LineSplitter splitter = new LineSplitter(lines::add);
        for (int at = 0; at < bytes.length; at += piece) {
            splitter.write(bytes, at, Math.min(piece, bytes.length - at));
        }
        splitter.close();
        return lines;
    }
}
