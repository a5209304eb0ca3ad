package io.buildkitci.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.report.Fitting.Most;
import io.buildkitci.report.Fitting.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FittingTest {
    private static final List<Part> PAGE = List.of(
            Part.of("the head", 0, "head\n"),
            new Part("the list", 2, List.of("a\nb\nc\nd\n", "a\n")),
            new Part("the chart", 3, List.of("chart chart chart chart\n", "chart\n")),
            Part.of("nothing", 4, ""),
            Part.of("the cause", 1, "cause\n"));

    @Test
    void whatFitsStaysAsItIs() {
        assertThat(Fitting.within(1000, PAGE)).isEqualTo("head\n\na\nb\nc\nd\n\nchart chart chart chart\n\ncause\n");
    }

    @Test
    void theLeastImportantIsShortenedFirst() {
        assertThat(Fitting.within(35, PAGE)).isEqualTo("head\n\na\nb\nc\nd\n\nchart\n\ncause\n");
        assertThat(Fitting.within(25, PAGE)).isEqualTo("head\n\na\n\nchart\n\ncause\n");
    }

    @Test
    void thenItIsLeftOutAndThePageSaysSo() {
        List<Part> parts = List.of(
                Part.of("the head", 0, "head\n"),
                Part.of("the inputs", 9, "i".repeat(100) + "\n"),
                Part.of("the chart", 8, "c".repeat(100) + "\n"),
                Part.of("the cause", 1, "cause\n"));

        assertThat(Fitting.within(200, parts))
                .isEqualTo("head\n\n" + "c".repeat(100) + "\n\ncause\n\nLeft out for want of room: the inputs.\n");
        assertThat(Fitting.within(100, parts))
                .isEqualTo("head\n\ncause\n\nLeft out for want of room: the inputs, the chart.\n");
    }

    @Test
    void whereNothingFitsThereIsNothing() {
        assertThat(Fitting.within(3, PAGE)).isEmpty();
        assertThat(Fitting.within(0, PAGE)).isEmpty();
    }

    @Test
    void aListSaysHowManyItDoesNotShow() {
        List<Integer> items = IntStream.range(0, 12).boxed().toList();

        Part part = Part.list("things", 1, items, new Most(10, 3), some -> some.size() + " shown\n");

        assertThat(part.versions())
                .containsExactly(
                        "10 shown\n\n2 more things are not shown.\n", "3 shown\n\n9 more things are not shown.\n");
    }

    @Test
    void aListThatIsShortHasOneVersionAndAnEmptyOneNone() {
        assertThat(Part.list("things", 1, List.of(1, 2), new Most(10, 3), some -> "shown\n")
                        .versions())
                .containsExactly("shown\n");
        assertThat(Part.list("things", 1, List.of(), new Most(10, 3), some -> "shown\n")
                        .versions())
                .isEmpty();
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isNeverLongerThanTheLimitInBytes(int seed) {
        Random random = new Random(seed);
        List<Part> parts = IntStream.range(0, random.nextInt(8))
                .mapToObj(i -> new Part(
                        "part " + i,
                        random.nextInt(4),
                        List.of("é😀x€".repeat(random.nextInt(40)) + "\n", "é".repeat(random.nextInt(9)) + "\n")))
                .toList();
        int limit = random.nextInt(400);

        assertThat(Fitting.within(limit, parts).getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(limit);
    }

    @Test
    void countsBytesAsTheyAreWritten() {
        for (String text : List.of("", "abc", "é", "€", "😀", "a😀€é")) {
            assertThat(Fitting.bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }
}
