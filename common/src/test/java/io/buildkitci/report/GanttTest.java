package io.buildkitci.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.buildkitci.report.Work.Bar;
import io.buildkitci.report.Work.Ending;
import io.buildkitci.report.Work.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GanttTest {
    @Test
    void showsWhenWhatRanAndHowItEnded() {
        Bars chart = Bars.parse(Gantt.render(List.of(
                bar("load build context", Lane.BUILDKIT, 0, 250, Ending.DONE),
                bar("FROM alpine", lane("build"), 300, 1_000, Ending.CACHED),
                bar("RUN make", lane("build"), 1_300, 90_061_500, Ending.FAILED),
                bar("RUN lint", lane("lint"), 1_300, 500, Ending.STOPPED))));

        assertThat(chart.bars())
                .extracting(
                        Bars.Bar::section,
                        Bars.Bar::name,
                        Bars.Bar::tag,
                        b -> b.from().toMillis(),
                        b -> b.to().toMillis())
                .containsExactly(
                        tuple("BuildKit", "0.3 s load build context", "", 0L, 250L),
                        tuple("amd64 build", "1.0 s FROM alpine", "done", 300L, 1_300L),
                        tuple("amd64 build", "1501 min 02 s RUN make", "crit", 1_300L, 90_062_800L),
                        tuple("amd64 lint", "0.5 s RUN lint", "active", 1_300L, 1_800L));
    }

    @Test
    void keepsThePlatformsTogetherAndTheResultLast() {
        Lane arm = new Lane("build", Optional.of(Reports.ARM64), Optional.empty());
        Lane cross = new Lane("compile", Optional.of(Reports.AMD64), Optional.of(Reports.ARM64));

        Bars chart = Bars.parse(Gantt.render(List.of(
                bar("exporting", Lane.RESULT, 0, 9, Ending.DONE),
                bar("a", arm, 1, 9, Ending.DONE),
                bar("b", lane("build"), 2, 9, Ending.DONE),
                bar("c", cross, 3, 9, Ending.DONE),
                bar("d", arm, 4, 9, Ending.DONE))));

        assertThat(chart.bars())
                .extracting(Bars.Bar::section)
                .containsExactly("arm64 build", "arm64 build", "amd64→arm64 compile", "amd64 build", "Export");
    }

    @Test
    void leavesOutWhatTellsStepsNotApart() {
        String image = "FROM docker.io/library/alpine:3@sha256:" + "a".repeat(64) + " AS x";

        Bars chart = Bars.parse(Gantt.render(List.of(
                bar("RUN --mount=type=cache,target=/c --network=none make", lane("x"), 0, 100, Ending.DONE),
                bar(image, lane("x"), 0, 100, Ending.DONE),
                bar("RUN " + "m".repeat(100), lane("x"), 0, 100, Ending.DONE),
                bar("COPY --from=build", lane("x"), 0, 100, Ending.DONE))));

        assertThat(chart.bars())
                .extracting(Bars.Bar::name)
                .containsExactly(
                        "0.1 s RUN make",
                        "0.1 s FROM docker.io/library/alpine∶3 AS x",
                        "0.1 s RUN " + "m".repeat(39) + "…",
                        "0.1 s COPY --from=build");
    }

    @ParameterizedTest
    @CsvSource({"9000, %S.%L", "60000, %M:%S", "3599000, %M:%S", "3600000, %H:%M:%S"})
    void theAxisIsAsFineAsTheBuildIsShort(long millis, String format) {
        Bars chart = Bars.parse(Gantt.render(List.of(bar("RUN x", lane("x"), 0, millis, Ending.DONE))));

        assertThat(chart.settings()).contains("axisFormat " + format);
    }

    @Test
    void noTextOfTheBuildIsAmongTheSettings() {
        List<String> settings = Bars.parse(Gantt.render(List.of(bar("x", lane("x"), 0, 1, Ending.DONE))))
                .settings();

        assertThat(Bars.parse(Gantt.render(List.of(bar("title y", lane("y"), 0, 1, Ending.DONE))))
                        .settings())
                .isEqualTo(settings);
        assertThat(settings).hasSize(5).contains("gantt", "todayMarker off");
    }

    static Stream<String> hostile() {
        Random random = new Random(7);
        return Stream.concat(HostileTexts.all(), IntStream.range(0, 60).mapToObj(i -> HostileTexts.random(random)));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void noNameIsMoreThanAName(String text) {
        Bars chart = Bars.parse(Gantt.render(List.of(
                bar(text, lane("x" + text), 0, 100, Ending.DONE), bar("RUN y", lane("y"), 0, 100, Ending.DONE))));

        assertThat(chart.bars()).hasSize(2).allSatisfy(bar -> {
            assertThat(bar.name()).startsWith("0.1 s ").doesNotContainPattern("[:;#%{}<>\"`\\\\\\p{Cntrl}]");
            assertThat(bar.section()).startsWith("amd64 ").doesNotContainPattern("[:;#%{}<>\"`\\\\\\p{Cntrl}]");
        });
        assertThat(chart.settings()).hasSize(5);
    }

    private static Lane lane(String stage) {
        return new Lane(stage, Optional.of(Reports.AMD64), Optional.empty());
    }

    private static Bar bar(String name, Lane lane, long start, long time, Ending ending) {
        return new Bar(name, lane, Duration.ofMillis(start), Duration.ofMillis(time), ending);
    }
}
