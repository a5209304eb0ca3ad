package io.buildkitci.console;

import static io.buildkitci.progress.News.cached;
import static io.buildkitci.progress.News.done;
import static io.buildkitci.progress.News.failed;
import static io.buildkitci.progress.News.news;
import static io.buildkitci.progress.News.output;
import static io.buildkitci.progress.News.running;
import static io.buildkitci.progress.News.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Redactor;
import io.buildkitci.progress.News;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.progress.Recorded;
import io.buildkitci.progress.Status;
import io.buildkitci.progress.Vertex;
import io.buildkitci.progress.Warning;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlainProgressTest {
    private static final String A = "[linux/amd64 2/3] RUN make";
    private static final String B = "[linux/arm64 2/3] RUN make";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Clock clock = new Clock();
    private final PlainProgress view = view(true);

    private PlainProgress view(boolean colours) {
        return new PlainProgress(
                new PrintStream(out, true, StandardCharsets.UTF_8), clock, Redactor.of(List.of("hunter2")), colours);
    }

    @Test
    void eachStepThatEndedIsALineWithPlatformAndTimeOrCached() {
        view.update(news(done("a", A, 0, 12.34), cached("b", B, 1), done("c", "[3/3] COPY a b", 0, 95)));

        assertThat(shown())
                .containsExactly(
                        "DONE     [linux/amd64 2/3] RUN make  12.3s",
                        "CACHED   [linux/arm64 2/3] RUN make",
                        "DONE     [3/3] COPY a b  1m35s");
    }

    @Test
    void aShortStepsOutputStandsUnderItsLine() {
        view.update(news(running("a", A, 0), running("b", B, 0)));
        view.update(output("a", "one\nhalf"));
        view.update(output("b", "other\n"));
        view.update(output("a", " two\n"));
        view.update(news(done("b", B, 0, 1)));
        view.update(news(done("a", A, 0, 1)));

        assertThat(shown())
                .containsExactly(
                        "DONE     [linux/arm64 2/3] RUN make  1.0s",
                        "    | other",
                        "DONE     [linux/amd64 2/3] RUN make  1.0s",
                        "    | one",
                        "    | half two");
    }

    @Test
    void aLongStepIsShownWhileItRuns() {
        view.update(news(running("a", A, 0)));
        view.update(output("a", "one\n"));
        clock.pass(2);
        view.tick();
        assertThat(shown()).containsExactly("RUNNING  [linux/amd64 2/3] RUN make", "    | one");

        view.update(output("a", "two\n"));
        view.update(output("a", "three"));
        view.update(news(done("a", A, 0, 3)));

        assertThat(shown())
                .containsExactly(
                        "RUNNING  [linux/amd64 2/3] RUN make",
                        "    | one",
                        "    | two",
                        "    | three",
                        "DONE     [linux/amd64 2/3] RUN make  3.0s");
    }

    @Test
    void outputOfAnotherStepWaitsAtMostTenSecondsAndIsABlockOfItsOwn() {
        view.update(news(running("a", A, 0), running("b", B, 0)));
        view.update(output("a", "a1\n"));
        clock.pass(2);
        view.tick();
        view.update(output("b", "b1\n"));
        view.update(output("a", "a2\n"));
        clock.pass(9);
        view.tick();
        assertThat(shown()).doesNotContain("    | b1");

        clock.pass(1);
        view.tick();
        view.update(output("a", "a3\n"));

        assertThat(shown())
                .containsExactly(
                        "RUNNING  [linux/amd64 2/3] RUN make",
                        "    | a1",
                        "    | a2",
                        "RUNNING  [linux/arm64 2/3] RUN make",
                        "    | b1",
                        "RUNNING  [linux/amd64 2/3] RUN make  (continued)",
                        "    | a3");
    }

    @Test
    void moreOutputThanFitsIntoTheBufferIsShownAtOnce() {
        view.update(news(running("a", A, 0)));
        for (int i = 0; i < 100; i++) {
            view.update(output("a", "x".repeat(1000) + "\n"));
        }

        assertThat(shown().size()).isGreaterThan(60);
    }

    @Test
    void whenTheStepWithTheFloorEndsAnotherTakesIt() {
        view.update(news(running("a", A, 0), running("b", B, 0)));
        view.update(output("a", "a1\n"));
        clock.pass(2);
        view.tick();
        view.update(output("b", "b1\n"));
        clock.pass(3);
        view.update(news(done("a", A, 0, 5)));

        assertThat(shown()).endsWith("RUNNING  [linux/arm64 2/3] RUN make", "    | b1");
    }

    @Test
    void aFailedStepShowsItsErrorAndItsOutput() {
        view.update(news(running("a", A, 0)));
        view.update(output("a", "no such thing\n"));
        view.update(news(failed("a", A, 0, 0.5, "exit code: 42")));

        assertThat(shown())
                .containsExactly(
                        "ERROR    [linux/amd64 2/3] RUN make  0.5s", "    | exit code: 42", "    | no such thing");
    }

    @Test
    void aFailedStepRepeatsItsLastLinesWhereOthersCameBetween() {
        view.update(news(running("a", A, 0)));
        view.update(output("a", "the reason\n"));
        clock.pass(2);
        view.tick();
        view.update(news(done("b", B, 0, 1)));
        view.update(news(failed("a", A, 0, 3, "exit code: 1")));

        assertThat(shown()).endsWith("    | ... its last lines before these:", "    | the reason");
    }

    @Test
    void aStepThatWasStoppedIsNoError() {
        view.update(news(failed("a", A, 0, 1, "exit code: 137: context canceled: context canceled")));

        assertThat(shown()).containsExactly("CANCELED [linux/amd64 2/3] RUN make  1.0s");
    }

    @Test
    void aSilentStepGivesASignOfLifeEveryHalfMinute() {
        view.update(news(running("a", A, 0)));
        clock.pass(29);
        view.tick();
        assertThat(shown()).isEmpty();

        clock.pass(1);
        view.tick();
        view.tick();
        clock.pass(60);
        view.tick();

        assertThat(shown())
                .containsExactly(
                        "... still running: [linux/amd64 2/3] RUN make (30.0s)",
                        "... still running: [linux/amd64 2/3] RUN make (1m30s)");
    }

    @Test
    void theSignOfLifeSaysWhatAPushDoes() {
        view.update(news(running("e", "exporting to image", 0)));
        view.update(news(new Status("e", "pushing layers", "", 25, 100, Optional.of(News.at(0)), Optional.empty())));
        clock.pass(30);
        view.tick();

        assertThat(shown()).containsExactly("... still running: exporting to image (30.0s): pushing layers 25%");
    }

    @Test
    void aStepThatWritesNeedsNoSignOfLife() {
        view.update(news(running("a", A, 0)));
        for (int i = 0; i < 10; i++) {
            clock.pass(20);
            view.update(output("a", "line\n"));
            view.tick();
        }

        assertThat(shown()).noneMatch(l -> l.startsWith("..."));
    }

    @Test
    void aVertexThatIsStartedAnewEndsOnce() {
        view.update(news(done("e", "exporting to image", 0, 2)));
        view.update(news(running("e", "exporting to image", 2)));
        view.update(news(done("e", "exporting to image", 2, 5)));
        clock.pass(1);
        view.tick();
        view.update(news(done("e", "exporting to image", 2, 5)));
        clock.pass(1);
        view.tick();

        assertThat(shown()).containsExactly("DONE     exporting to image  5.0s");
    }

    @Test
    void aStepThatFailedAndThenSucceededIsToldAgain() {
        view.update(news(failed("a", A, 0, 1, "exit code: 1")));
        view.update(news(running("a", A, 2)));
        view.update(news(done("a", A, 2, 3)));

        assertThat(shown())
                .containsExactly(
                        "ERROR    [linux/amd64 2/3] RUN make  1.0s",
                        "    | exit code: 1",
                        "DONE     [linux/amd64 2/3] RUN make  2.0s");
    }

    @Test
    void whatAStepBuildsOnIsToldBeforeIt() {
        Vertex run = new Vertex(
                "r",
                List.of("f", "unseen"),
                "[2/2] RUN x",
                Optional.of(News.at(1)),
                Optional.of(News.at(2)),
                false,
                "");
        view.update(news(run, done("f", "[1/2] FROM a", 0, 1)));

        assertThat(shown()).containsExactly("DONE     [1/2] FROM a  1.0s", "DONE     [2/2] RUN x  1.0s");
    }

    @Test
    void aWarningIsShownOnceWithItsPlace() {
        Warning warning = new Warning("Casing: use one (line 3)", List.of(), "", "Dockerfile", 3, 3);
        view.update(news(warning, warning));
        view.update(news(warning));

        assertThat(shown()).containsExactly("WARNING  Casing: use one  (Dockerfile:3)");
    }

    @Test
    void nothingThatAStepOrBuildxWritesCanPassForACommandToTheCi() {
        view.update(news(running("a", "::error::[2/2] RUN x\n::warning::y", 0)));
        view.update(output("a", "::set-output name=x::y\n  ::add-mask::z\nprogress\r::error::w\n"));
        view.update(new ProgressLine.Text(" ::stop-commands::x"));
        view.update(news(failed("a", "::error::[2/2] RUN x\n::warning::y", 0, 1, "::error::a\n::error::b")));
        view.close();

        assertThat(shown()).hasSizeGreaterThan(6).noneMatch(l -> l.strip().startsWith("::"));
    }

    @Test
    void secretsAreMaskedInOutputNamesErrorsWarningsAndText() {
        view.update(news(running("a", "[2/2] RUN login hunter2", 0)));
        view.update(output("a", "pw hunt"));
        view.update(output("a", "er2\nlast hunter"));
        view.update(output("a", "2"));
        view.update(new ProgressLine.Text("ERROR: hunter2"));
        view.update(news(new Warning("W: hunter2", List.of(), "", "", 0, 0)));
        clock.pass(30);
        view.tick();
        view.update(news(new Status(
                "a", "pushing manifest for hunter2", "", 0, 0, Optional.of(News.at(0)), Optional.of(News.at(1)))));
        view.update(news(failed("a", "[2/2] RUN login hunter2", 0, 1, "login hunter2 failed")));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .doesNotContain("hunter2")
                .contains("pw ***", "last ***", "RUN login ***", "ERROR: ***", "W: ***", "login *** failed");
    }

    @Test
    void aSecretIsMaskedBeforeALongNameIsCut() {
        for (int pad = 100; pad < 160; pad++) {
            view.update(news(done("a" + pad, "[2/2] RUN " + "x".repeat(pad) + " hunter2", 0, 1)));
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("hunte");
    }

    @Test
    void coloursStayAndEndWithTheirLineUnlessTheLogHasNone() {
        view.update(output("a", "\u001b[31mred\u001b[2J\n"));
        view.update(news(done("a", A, 0, 1)));
        assertThat(shown().get(1)).isEqualTo("    | \u001b[31mred\u001b[0m");

        out.reset();
        try (PlainProgress plain = view(false)) {
            plain.update(output("a", "\u001b[31mred\u001b[2J\n"));
            plain.update(news(done("a", A, 0, 1)));
        }
        assertThat(shown().get(1)).isEqualTo("    | red");
    }

    @Test
    void whatIsLeftIsShownWhenBuildxIsGone() {
        view.update(news(running("a", A, 0)));
        view.update(output("a", "last words"));
        clock.pass(7);
        view.close();
        view.close();
        view.update(news(done("b", B, 0, 1)));

        assertThat(shown())
                .containsExactly(
                        "RUNNING  [linux/amd64 2/3] RUN make",
                        "    | last words",
                        "STOPPED  [linux/amd64 2/3] RUN make  7.0s");
    }

    @Test
    void outputForAVertexThatNeverComesIsNotLost() {
        view.update(output("sha256:ghost", "boo\n"));
        view.update(news(vertex("a", A)));
        view.close();

        assertThat(shown()).containsExactly("RUNNING  sha256:ghost", "    | boo");
    }

    @Test
    void retriesOfALocalCacheAreNoErrorsToShow() {
        Recorded.news("cache-import-buildx-0.36.1").forEach(view::update);
        view.close();

        assertThat(shown())
                .contains("WARNING  importing cache manifest from localhost:5555/h-progress/nocache:1  0.0s")
                .noneMatch(l -> l.startsWith("ERROR"));
    }

    @Test
    void showsARecordedBuildOfTwoPlatformsWithEachStepOnce() {
        Recorded.news("multi-push-buildx-0.36.1").forEach(line -> {
            clock.pass(0.02);
            view.update(line);
        });
        view.close();

        assertThat(shown()).filteredOn(l -> l.startsWith("DONE")).doesNotHaveDuplicates();
        assertThat(shown()).filteredOn(l -> l.contains(" FROM ")).hasSize(2);
        assertThat(shown()).filteredOn(l -> l.contains("] RUN ")).hasSize(4);
        assertThat(shown())
                .containsSubsequence(
                        "DONE     [linux/amd64 tools 1/2] FROM localhost:5555/testbed/busybox:1  0.1s",
                        "DONE     [linux/amd64 builder 2/4] WORKDIR /src  0.0s",
                        "DONE     [linux/amd64 builder 3/4] COPY app.txt .  0.0s",
                        "    | compiling for amd64",
                        "    | warn",
                        "DONE     exporting to image  0.3s")
                .contains("DONE     exporting cache to registry  0.4s");
    }

    @Test
    void everyLineOfALargeOutputIsShownInOrder() {
        Recorded.news("large-buildx-0.36.1").forEach(view::update);
        view.close();

        List<String> lines =
                shown().stream().filter(l -> l.startsWith("    | line ")).toList();
        assertThat(lines).hasSize(900);
        for (int i = 0; i < 900; i++) {
            assertThat(lines.get(i))
                    .startsWith("    | line " + i + " of a long output, with \u00fcn\u00efc\u00f6d\u00e9");
        }
        assertThat(shown()).contains("    | bar 100%");
    }

    private List<String> shown() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
