package io.buildkitci.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Redactor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineJoinerTest {
    private static final String SECRET = "hunter2-and-more";
    private static final Redactor REDACTOR = Redactor.of(List.of(SECRET));

    static Stream<Arguments> outputs() {
        return Stream.of(
                Arguments.of("one\ntwo\n", List.of("one", "two")),
                Arguments.of("no end", List.of("no end")),
                Arguments.of("\n\n", List.of("", "")),
                Arguments.of("windows\r\nlines\r\r\n", List.of("windows", "lines")),
                Arguments.of("10%\r50%\r100%\ndone\n", List.of("100%", "done")),
                Arguments.of("10%\r100%\r", List.of("100%")),
                Arguments.of("tab\there\n", List.of("tab\there")),
                Arguments.of("h\u00e4 \u4e16\u754c \ud83d\ude00\n", List.of("h\u00e4 \u4e16\u754c \ud83d\ude00")),
                Arguments.of("a " + SECRET + " b\n", List.of("a *** b")),
                Arguments.of("\u001b[1;31mred\u001b[0m\n", List.of("\u001b[1;31mred\u001b[0m")),
                Arguments.of("up\u001b[3A\u001b[2Jgone\u001b[?25l\n", List.of("upgone")),
                Arguments.of("title\u001b]0;owned\u0007 clip\u001b]52;c;eA==\u001b\\ end\n", List.of("title clip end")),
                Arguments.of("eight bit \u009b2J \u009d0;x\u009c end\n", List.of("eight bit   end")),
                Arguments.of("back\b\b and bell\u0007\n", List.of("back and bell")),
                Arguments.of("unfinished\u001b]0;title\nnext\n", List.of("unfinished", "next")),
                Arguments.of("hunter2\u001b[1m-and\u001b[2K-more\n", List.of("***")),
                Arguments.of("\u001b[" + "1;".repeat(40) + "mx\n", List.of("x")));
    }

    @ParameterizedTest
    @MethodSource("outputs")
    void joinsTheSameLinesHoweverTheOutputIsCut(String output, List<String> lines) {
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        assertThat(join(List.of(bytes))).isEqualTo(lines);
        assertThat(join(IntStream.range(0, bytes.length)
                        .mapToObj(i -> new byte[] {bytes[i]})
                        .toList()))
                .isEqualTo(lines);
        IntStream.range(0, 20)
                .forEach(seed ->
                        assertThat(join(randomly(bytes, new Random(seed)))).isEqualTo(lines));
    }

    @Test
    void brokenUtf8IsReplacedAndTheRestIsKept() {
        assertThat(join(List.of(new byte[] {'a', (byte) 0xff, 'b', '\n', 'c', (byte) 0xe4})))
                .containsExactly("a\ufffdb", "c\ufffd");
    }

    @Test
    void aBarThatGoesOnCanBeAskedFor() {
        LineJoiner joiner = new LineJoiner(REDACTOR);

        assertThat(joiner.accept(ByteBuffer.wrap("10%\r50% hunter2-and-more\r60".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
        assertThat(joiner.overwritten()).isEqualTo("50% ***");
    }

    @Test
    void aLineLongerThanTheLimitComesInPiecesAndNoPieceHoldsHalfASecret() {
        for (int offset = 0; offset <= SECRET.length(); offset++) {
            int before = LineJoiner.LONGEST_LINE - offset;
            String output = "x".repeat(before) + SECRET + "y".repeat(100_000) + "\n";

            List<String> lines = join(randomly(output.getBytes(StandardCharsets.UTF_8), new Random(offset)));

            assertThat(lines).hasSizeGreaterThan(1).allMatch(l -> l.length() <= LineJoiner.LONGEST_LINE + 64);
            assertThat(String.join("", lines)).isEqualTo("x".repeat(before) + "***" + "y".repeat(100_000));
        }
    }

    @Test
    void aLineOfNothingButOverlappingSecretsDoesNotFillTheMemory() {
        LineJoiner joiner = new LineJoiner(Redactor.of(List.of("aaaa")));
        List<String> lines = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            lines.addAll(joiner.accept(ByteBuffer.wrap("a".repeat(1000).getBytes(StandardCharsets.UTF_8))));
        }

        assertThat(lines).isNotEmpty().allMatch(l -> !l.contains("a"));
    }

    private static List<String> join(List<byte[]> pieces) {
        LineJoiner joiner = new LineJoiner(REDACTOR);
        List<String> lines = new ArrayList<>();
        pieces.forEach(piece -> lines.addAll(joiner.accept(ByteBuffer.wrap(piece))));
        lines.addAll(joiner.end());
        return lines;
    }

    private static List<byte[]> randomly(byte[] bytes, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        int largest = 1 + bytes.length / 3;
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + random.nextInt(largest) + 1);
            pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return pieces;
    }
}
