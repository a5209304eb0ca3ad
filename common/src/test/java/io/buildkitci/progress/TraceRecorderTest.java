package io.buildkitci.progress;

import static io.buildkitci.progress.News.at;
import static io.buildkitci.progress.News.cached;
import static io.buildkitci.progress.News.done;
import static io.buildkitci.progress.News.failed;
import static io.buildkitci.progress.News.news;
import static io.buildkitci.progress.News.output;
import static io.buildkitci.progress.News.running;
import static io.buildkitci.progress.News.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Redactor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceRecorderTest {
    private static final String RUN = "[2/2] RUN make";

    private final TraceRecorder recorder = new TraceRecorder(Redactor.of(List.of("hunter2")));

    @Test
    void aMessageReplacesTheLastOneWhole() {
        recorder.record(news(failed("a", RUN, 0, 1, "exit code: 1")));
        recorder.record(news(cached("a", RUN, 2)));
        recorder.record(news(done("a", "[2/2] RUN make all", 3, 5)));

        Step step = onlyStep();
        assertThat(step.state()).isEqualTo(StepState.DONE);
        assertThat(step.error()).isEmpty();
        assertThat(step.name().command()).isEqualTo("RUN make all");
        assertThat(step.started()).contains(at(3));
    }

    @Test
    void aVertexThatIsLoadedAgainIsWaitingAgain() {
        recorder.record(news(running("a", RUN, 0)));
        recorder.record(news(vertex("a", RUN)));

        assertThat(onlyStep().state()).isEqualTo(StepState.WAITING);
        assertThat(recorder.snapshot().counts()).isEqualTo(new StepCounts(1, 0, 0));
    }

    @Test
    void everyRunOfAVertexCountsAndIdleTimeBetweenDoesNot() {
        recorder.record(news(done("a", "exporting to image", 0, 2)));
        recorder.record(news(running("a", "exporting to image", 10)));
        recorder.record(news(done("a", "exporting to image", 10, 13)));

        assertThat(onlyStep().duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(onlyStep().runs()).containsExactly(new Span(at(0), at(2)), new Span(at(10), at(13)));
    }

    @Test
    void aRunThatNeverEndedEndsWithTheTrace() {
        recorder.record(news(running("a", RUN, 1)));
        recorder.record(news(done("b", "[1/2] COPY a b", 1, 4)));

        Step step = recorder.snapshot().steps().get(0);
        assertThat(step.state()).isEqualTo(StepState.RUNNING);
        assertThat(step.completed()).isEmpty();
        assertThat(step.duration()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void stepsStandInTheOrderOfTheirFirstStart() {
        recorder.record(news(vertex("never", RUN), vertex("late", RUN), vertex("early", RUN)));
        recorder.record(news(done("early", RUN, 1, 2)));
        recorder.record(news(done("late", RUN, 3, 4)));
        recorder.record(news(done("early", RUN, 5, 6)));

        assertThat(recorder.snapshot().steps()).extracting(Step::digest).containsExactly("early", "late", "never");
    }

    @Test
    void inputsNeedNotBeKnownAndOutputMayComeBeforeItsVertex() {
        recorder.record(output("a", "early\n"));
        recorder.record(output("ghost", "of a vertex that never comes\n"));
        recorder.record(news(new Vertex("a", List.of("unseen"), RUN, Optional.of(at(0)), Optional.empty(), false, "")));

        assertThat(onlyStep().inputs()).containsExactly("unseen");
        assertThat(onlyStep().output()).containsExactly("early");
    }

    @Test
    void lastLineWithoutEndIsThereWhenTheBuildIsOver() {
        recorder.record(news(running("a", RUN, 0)));
        recorder.record(output("a", "half a line"));
        assertThat(onlyStep().output()).isEmpty();

        recorder.finish();

        assertThat(onlyStep().output()).containsExactly("half a line");
    }

    @Test
    void everyTextOfTheTraceIsMasked() {
        recorder.record(news(failed("a", "[hunter2 2/2] RUN login hunter2", 0, 1, "process hunter2 failed")));
        recorder.record(output("a", "pw hun"));
        recorder.record(output("a", "ter2\n"));
        recorder.record(news(new Status("a", "pushing hunter2", "hunter2", 1, 2, Optional.empty(), Optional.empty())));
        recorder.record(news(new Warning("SecretsUsed: hunter2", List.of("hunter2"), "", "Dockerfile", 1, 1)));

        BuildTrace trace = recorder.snapshot();
        assertThat(trace.toString()).doesNotContain("hunter2");
        assertThat(onlyStep().output()).containsExactly("pw ***");
        assertThat(onlyStep().name().stage()).isEqualTo("***");
    }

    @Test
    void aWarningThatEveryPlatformRepeatsIsKeptOnce() {
        Warning warning = new Warning("W: x (line 2)", List.of(), "", "Dockerfile", 2, 2);
        recorder.record(news(warning, warning));
        recorder.record(news(warning));
        recorder.record(news(new Warning("W: x (line 3)", List.of(), "", "Dockerfile", 3, 3)));

        assertThat(recorder.snapshot().warnings()).extracting(Warning::line).containsExactly(2, 3);
    }

    @Test
    void ofManyEventsTheLastAreKept() {
        recorder.record(news(running("a", RUN, 0)));
        IntStream.range(0, 100_000).forEach(i -> {
            recorder.record(output("a", "line " + i + "\n"));
            recorder.record(news(done("a", RUN, i, i + 0.5)));
            recorder.record(
                    news(new Status("a", "layer " + i, "", i, 100_000, Optional.of(at(i)), Optional.of(at(i + 0.5)))));
        });

        Step step = onlyStep();
        assertThat(step.output()).hasSize(50).startsWith("line 99950").endsWith("line 99999");
        assertThat(step.statuses()).hasSize(256);
        assertThat(step.runs()).hasSizeLessThanOrEqualTo(64);
        assertThat(step.duration()).isGreaterThan(Duration.ofSeconds(50_000));
    }

    @Test
    void aSnapshotDoesNotChangeAfterwards() {
        recorder.record(news(running("a", RUN, 0)));
        BuildTrace before = recorder.snapshot();
        recorder.record(news(done("a", RUN, 0, 9)));

        assertThat(before.steps().get(0).state()).isEqualTo(StepState.RUNNING);
        assertThat(before.ended()).contains(at(0));
    }

    @Test
    void timeOfStepsThatRanSideBySideCountsOnce() {
        recorder.record(news(done("a", "[a 1/2] RUN x", 0, 10), done("b", "[b 1/2] RUN y", 5, 12)));
        recorder.record(
                news(done("e", "exporting to image", 12, 20), done("c", "exporting cache to registry", 13, 21)));
        recorder.record(news(
                new Status("e", "pushing layers", "", 70, 100, Optional.of(at(15)), Optional.of(at(18))),
                new Status(
                        "e", "preparing layers for inline cache", "", 0, 0, Optional.of(at(12)), Optional.of(at(13)))));

        BuildTrace trace = recorder.snapshot();
        assertThat(trace.times())
                .isEqualTo(new PhaseTimes(
                        Duration.ofSeconds(21),
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(9),
                        Duration.ZERO));
        assertThat(trace.bytesPushed()).hasValue(70);
        assertThat(trace.slowest(1)).extracting(Step::digest).containsExactly("a");
    }

    private Step onlyStep() {
        List<Step> steps = recorder.snapshot().steps();
        assertThat(steps).hasSize(1);
        return steps.get(0);
    }
}
