package io.buildkitci.report;

import static io.buildkitci.report.Reports.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.model.Setting;
import io.buildkitci.report.BuildReport.CheckWarning;
import io.buildkitci.report.MarkdownReport.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a person finds on the page of a build. */
class MarkdownReportTest {
    private static final Section SECTION = Section.of(
            "app",
            List.of(
                    new Setting("tags", "registry.example/app:1\nregistry.example/app:latest"),
                    new Setting("push", "true")));

    @Test
    void aPushedImage() {
        Page page = Page.of(MarkdownReport.render(Reports.pushed(), SECTION));

        assertThat(page.headings())
                .containsExactly("✅ Built registry.example/app:1 in 3 min 05 s", "Warnings", "Notes", "Slowest steps");
        assertThat(page.items())
                .containsExactly(
                        "Pushed: registry.example/app:1, registry.example/app:latest",
                        "Index: " + digest('a'),
                        "cache-to was dropped: the token is read-only");
        assertThat(page.code("sh")).containsExactly("docker pull registry.example/app@" + digest('a') + "\n");
        assertThat(page.table("Platform", "Digest", "Ran"))
                .containsExactly(
                        List.of("linux/amd64", digest('b'), "native"),
                        List.of("linux/arm64", digest('c'), "emulated by /usr/bin/qemu-aarch64"));
        assertThat(page.paragraphs())
                .contains(
                        "12 steps: 9 cached (75 %), 3 run.",
                        "The build was run 2 times. Builder ci, driver docker-container.");
        assertThat(page.table("Total", "Build", "Export", "Push", "Cache export"))
                .containsExactly(List.of("3 min 05 s", "2 min 50 s", "2.0 s", "5.0 s", "0.8 s"));
        assertThat(page.table("Time", "Platform", "Step"))
                .containsExactly(List.of("31.2 s", "linux/arm64", "RUN make"), List.of("0.0 s", "", "COPY . ."));
    }

    @Test
    void aWarningLeadsToTheDocumentationOfItsCheck() {
        Page page = Page.of(MarkdownReport.render(Reports.pushed(), SECTION));

        assertThat(page.table("Where", "Check", "What"))
                .containsExactly(
                        List.of("Dockerfile:3", "FromAsCasing", "'as' and 'FROM' keywords' casing do not match"));
        assertThat(page.links()).containsExactly(entry("https://docs.example/x", "FromAsCasing"));
    }

    @Test
    void whatWasAskedForIsCollapsed() {
        Page page = Page.of(MarkdownReport.render(Reports.pushed(), SECTION));

        assertThat(page.summaries().stream().map(String::strip)).containsExactly("Inputs");
        assertThat(page.table("Input", "Value"))
                .containsExactly(
                        List.of("tags", "registry.example/app:1\nregistry.example/app:latest"),
                        List.of("push", "true"));
    }

    @Test
    void aFailureSaysWhatWhereAndWhatToDo() {
        Page page = Page.of(MarkdownReport.render(
                Reports.failed(Reports.failingTest("1 test \u001b[31mfailed\u001b[0m", "make: *** [test] Error 2")),
                SECTION));

        assertThat(page.headings()).containsExactly("❌ Failed app in 0.3 s");
        assertThat(page.paragraphs())
                .startsWith(
                        "RUN make test exited with code 2",
                        "Cause step-failed (docs/failures.md#step-failed): the Dockerfile or what it runs, at Dockerfile:12, stage test, platform"
                                + " linux/arm64.")
                .contains(
                        "What to do: Read the step's last lines and correct it. Running it again as it is will not help.");
        assertThat(page.code("dockerfile")).containsExactly("RUN make test\n");
        assertThat(page.code("text")).containsExactly("1 test failed\nmake: *** [test] Error 2\n");
        assertThat(page.table("Platform", "Ran")).hasSize(2);
    }

    @Test
    void aFailureOfAServiceSaysThatARetryMayHelpAndShowsTheClientsWords() {
        BuildFailure failure = new BuildFailure(
                FailureCode.REGISTRY_FAILED,
                "registry.example answered 503",
                Optional.empty(),
                Optional.empty(),
                List.of("ERROR: failed to push: 503"),
                "Try later.",
                "https://docs.example/failures.md#registry-failed");

        Page page = Page.of(MarkdownReport.render(Reports.failed(failure), SECTION));

        assertThat(page.paragraphs())
                .contains(
                        "Registry.example answered 503",
                        "Cause registry-failed: a service that somebody else runs.",
                        "What to do: Try later. The same build may succeed when it is run again.");
        assertThat(page.links()).containsEntry(failure.help(), "registry-failed");
        assertThat(page.code("text")).containsExactly("ERROR: failed to push: 503\n");
    }

    @Test
    void whatIsNotKnownIsNotSaidToBeHopeless() {
        BuildFailure failure = new BuildFailure(
                FailureCode.UNRECOGNISED,
                "",
                Optional.empty(),
                Optional.empty(),
                List.of("ERROR: odd"),
                "Read it.",
                "docs/failures.md#unrecognised");

        Page page = Page.of(MarkdownReport.render(Reports.failed(failure), SECTION));

        assertThat(page.paragraphs())
                .contains("The build failed in a way that is not known here.", "What to do: Read it.");
    }

    @Test
    void findingsOfChecksAreListedOnce() {
        BuildFailure failure = new BuildFailure(
                FailureCode.CHECKS_FAILED,
                "the checks of the Dockerfile found 1 thing",
                Optional.empty(),
                Optional.empty(),
                List.of("Dockerfile:3  FromAsCasing: no"),
                "Correct it.",
                "docs/failures.md#checks-failed");
        BuildReport.Remarks found = new BuildReport.Remarks(
                List.of(new CheckWarning("FromAsCasing", "no", "Dockerfile", 3, Optional.empty())),
                List.of(),
                List.of());
        BuildReport failed = Reports.failed(failure);

        Page page = Page.of(MarkdownReport.render(
                new BuildReport(failed.result(), failed.image(), failed.work(), failed.builder(), found, 1), SECTION));

        assertThat(page.code("text")).isEmpty();
        assertThat(page.table("Where", "Check", "What")).containsExactly(List.of("Dockerfile:3", "FromAsCasing", "no"));
    }

    @Test
    void aCancelledBuildIsShort() {
        Page page = Page.of(MarkdownReport.render(Reports.failed(Reports.cancelled()), SECTION));

        assertThat(page.headings()).containsExactly("🚫 Cancelled app in 0.3 s");
        assertThat(page.paragraphs()).containsExactly("The build was stopped");
        assertThat(page.html()).isEmpty();
    }

    @Test
    void anAnswerIsShownAsItIs() {
        BuildReport one = answering("The checks of the Dockerfile found nothing.");
        BuildReport table = answering("TARGET   DESCRIPTION", "app      the ``` app", "");

        assertThat(Page.of(MarkdownReport.render(one, SECTION)).paragraphs())
                .contains("The checks of the Dockerfile found nothing.");
        Page page = Page.of(MarkdownReport.render(table, SECTION));
        assertThat(page.headings()).containsExactly("✅ Answered app in 1.0 s");
        assertThat(page.code("text")).containsExactly("TARGET   DESCRIPTION\napp      the ``` app\n");
    }

    @Test
    void whereEverythingWasCachedNothingWasSlow() {
        BuildReport pushed = Reports.pushed();
        Work cached = new Work(
                new Work.Steps(42, 42, 0, pushed.work().steps().slowest()),
                pushed.work().times());

        Page page = Page.of(MarkdownReport.render(with(pushed, cached), SECTION));

        assertThat(page.paragraphs()).contains("42 steps, all cached.");
        assertThat(page.headings()).doesNotContain("Slowest steps");
    }

    @Test
    void theTimelineHoldsTheLongestRunsThatCanBeSeen() {
        List<Work.Bar> bars = IntStream.range(0, 60)
                .mapToObj(i -> bar("RUN step " + i, i * 10L, i == 7 ? 1 : 10_000 + i))
                .toList();
        BuildReport report = with(Reports.pushed(), timeline(new Work.Timeline(bars, 5)));

        Page page = Page.of(MarkdownReport.render(report, SECTION));

        assertThat(page.summaries().get(0).strip()).isEqualTo("Timeline: the 40 longest of 65 runs");
        assertThat(Bars.parse(page.code("mermaid").get(0).lines().toList()).bars())
                .extracting(bar -> bar.from().toMillis() / 10)
                .containsExactlyElementsOf(
                        IntStream.range(20, 60).mapToObj(i -> (long) i).toList());
    }

    @Test
    void aTimelineOfOneBarOrOfNoStepIsNone() {
        Work.Bar loading = new Work.Bar(
                "load build definition", Work.Lane.BUILDKIT, Duration.ZERO, Duration.ofSeconds(9), Work.Ending.DONE);

        assertThat(MarkdownWork.timeline(timeline(new Work.Timeline(List.of(bar("RUN x", 0, 9_000)), 0)))
                        .versions())
                .isEmpty();
        assertThat(MarkdownWork.timeline(timeline(new Work.Timeline(List.of(loading, loading, loading), 0)))
                        .versions())
                .isEmpty();
    }

    @Test
    void aSingleNativePlatformNeedsNoTable() {
        BuildReport failed = Reports.failed(Reports.failingTest());
        BuilderUsed one = new BuilderUsed(
                "", Optional.empty(), List.of(new BuilderUsed.PlatformRun(Reports.AMD64, Optional.empty())));

        Page page = Page.of(MarkdownReport.render(
                new BuildReport(failed.result(), failed.image(), failed.work(), one, failed.remarks(), 1),
                Section.of("", List.of())));

        assertThat(page.elements()).doesNotContainKey("TableBlock");
        assertThat(page.headings()).containsExactly("❌ Failed in 0.3 s");
    }

    @Test
    void aSectionTellsNoValueOfAnInput() {
        assertThat(Section.of("app", List.of(new Setting("secrets", "correct-horse")))
                        .toString())
                .doesNotContain("correct-horse");
    }

    private static BuildReport answering(String... lines) {
        BuildReport failed = Reports.failed(Reports.cancelled());
        Work work = new Work(
                new Work.Steps(0, 0, 0, List.of()),
                new Work.Times(
                        Duration.ofSeconds(1), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        BuildReport.Remarks remarks = new BuildReport.Remarks(List.of(), List.of(), List.of(lines));
        return new BuildReport(new BuildReport.Built(), Optional.empty(), work, failed.builder(), remarks, 1);
    }

    private static BuildReport with(BuildReport report, Work work) {
        return new BuildReport(
                report.result(), report.image(), work, report.builder(), report.remarks(), report.attempts());
    }

    private static Work timeline(Work.Timeline timeline) {
        Work work = Reports.pushed().work();
        return new Work(work.steps(), work.times(), timeline);
    }

    private static Work.Bar bar(String name, long start, long time) {
        Work.Lane lane = new Work.Lane("build", Optional.of(Reports.AMD64), Optional.empty());
        return new Work.Bar(name, lane, Duration.ofMillis(start), Duration.ofMillis(time), Work.Ending.DONE);
    }
}
