package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.Recorded;
import io.buildkitci.progress.Span;
import io.buildkitci.progress.Step;
import io.buildkitci.progress.StepName;
import io.buildkitci.progress.StepState;
import io.buildkitci.report.Work;
import io.buildkitci.report.Work.Bar;
import io.buildkitci.report.Work.Ending;
import io.buildkitci.report.Work.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class TimelinesTest {
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    @ParameterizedTest
    @FieldSource("io.buildkitci.progress.Recorded#BUILDS")
    void everyBarLiesWithinItsBuild(String build) {
        BuildTrace trace = Recorded.trace(build);

        Work.Timeline timeline = Timelines.of(trace);

        assertThat(timeline.bars())
                .isSortedAccordingTo(Comparator.comparing(Bar::start))
                .allSatisfy(bar -> {
                    assertThat(bar.start()).isGreaterThanOrEqualTo(Duration.ZERO);
                    assertThat(bar.time().isNegative()).isFalse();
                    assertThat(bar.time().isZero() && bar.ending() != Ending.CACHED)
                            .isFalse();
                    assertThat(bar.start().plus(bar.time()))
                            .isLessThanOrEqualTo(trace.times().total());
                });
        assertThat(timeline.leftOut()).isZero();
    }

    @Test
    void aRealFailureIsOnTheTimelineOnceAndOthersWereStoppedByIt() {
        List<Bar> bars =
                Timelines.of(Recorded.trace("failing-run-buildx-0.36.1")).bars();

        assertThat(bars)
                .filteredOn(bar -> bar.ending() == Ending.FAILED)
                .singleElement()
                .satisfies(bar -> assertThat(bar.name()).startsWith("RUN "));
    }

    @Test
    void aStepThatWasStartedAgainHasABarForEachRunAndOnlyTheLastOneFailed() {
        Step step = step("[build 2/3] RUN make", StepState.FAILED, span(0, 1_000), span(3_000, 5_000));

        assertThat(Timelines.of(trace(List.of(step))).bars())
                .containsExactly(
                        bar("RUN make", "build", 0, 1_000, Ending.DONE),
                        bar("RUN make", "build", 3_000, 2_000, Ending.FAILED));
    }

    @Test
    void stepsBelongToTheirStageAndEverythingElseToBuildKitOrTheResult() {
        List<Bar> bars = Timelines.of(trace(List.of(
                        step("[internal] load build context", StepState.DONE, span(0, 10)),
                        step("[2/2] RUN make", StepState.RUNNING, span(10, 20)),
                        step("exporting to image", StepState.DONE, span(20, 30)),
                        step("exporting cache to registry", StepState.DONE, span(30, 40)))))
                .bars();

        assertThat(bars)
                .extracting(bar -> bar.lane().stage())
                .containsExactly("BuildKit", "Dockerfile", "Export", "Export");
        assertThat(bars.get(1).ending()).isEqualTo(Ending.STOPPED);
    }

    @Test
    void ofVeryManyStepsTheLongestAreKept() {
        List<Step> steps = new ArrayList<>();
        IntStream.range(0, 100_000)
                .forEach(i -> steps.add(step("[b 1/2] RUN " + i, StepState.DONE, span(i, i + 10L + i % 1_000))));

        Work.Timeline timeline = Timelines.of(trace(steps));

        assertThat(timeline.bars())
                .hasSize(1_000)
                .isSortedAccordingTo(Comparator.comparing(Bar::start))
                .allSatisfy(bar -> assertThat(bar.time()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
        assertThat(timeline.leftOut()).isEqualTo(99_000);
    }

    @Test
    void whatTookNoTimeHasNoBarUnlessItWasCachedAndABuildWithoutStepsHasNoTimeline() {
        assertThat(Timelines.of(trace(List.of(
                                step("[b 1/2] RUN x", StepState.CACHED, span(5, 5)),
                                step("[b 2/2] RUN y", StepState.DONE, span(5, 5)))))
                        .bars())
                .containsExactly(bar("RUN x", "b", 5, 0, Ending.CACHED));
        assertThat(Timelines.of(new BuildTrace(List.of(), List.of(), Optional.empty(), Optional.empty())))
                .isEqualTo(Work.Timeline.NONE);
    }

    @Test
    void aCacheThatIsNotThereHasNotFailed() {
        Step step = step("importing cache manifest from registry.example/x", StepState.FAILED, span(0, 10));

        assertThat(Timelines.of(trace(List.of(step))).bars())
                .extracting(Bar::ending)
                .containsExactly(Ending.MISSED);
    }

    private static Bar bar(String name, String stage, long start, long time, Ending ending) {
        return new Bar(
                name,
                new Lane(stage, Optional.empty(), Optional.empty()),
                Duration.ofMillis(start),
                Duration.ofMillis(time),
                ending);
    }

    private static Span span(long from, long to) {
        return new Span(START.plusMillis(from), START.plusMillis(to));
    }

    private static Step step(String name, StepState state, Span... runs) {
        return new Step(
                "sha256:" + name,
                StepName.parse(name),
                List.of(),
                state,
                Optional.empty(),
                Optional.empty(),
                List.of(runs),
                "",
                List.of(),
                List.of());
    }

    private static BuildTrace trace(List<Step> steps) {
        return new BuildTrace(steps, List.of(), Optional.of(START), Optional.of(START.plusSeconds(60)));
    }
}
