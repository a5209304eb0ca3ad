package io.buildkitci.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.report.Work.Bar;
import io.buildkitci.report.Work.Ending;
import io.buildkitci.report.Work.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class HtmlReportTest {
    @Test
    void saysWhatWasMadeAndHowToGetIt() {
        WebPage page = page(Reports.pushed());

        assertThat(page.withClass("bk-headline").get(0).getTextContent())
                .isEqualTo("Built registry.example/app:1 in 3 min 05 s");
        assertThat(page.texts("p")).contains("12 steps: 9 cached (75 %), 3 run.");
        assertThat(page.texts("dt")).containsExactly("Pushed", "Index", "Pull with");
        assertThat(page.texts("dd"))
                .containsExactly(
                        "registry.example/app:1registry.example/app:latest",
                        Reports.digest('a'),
                        "docker pull registry.example/app@" + Reports.digest('a'));
        assertThat(page.rows("Platforms"))
                .containsExactly(
                        List.of("linux/amd64", Reports.digest('b'), "native"),
                        List.of("linux/arm64", Reports.digest('c'), "emulated by /usr/bin/qemu-aarch64"));
        assertThat(page.rows("Warnings"))
                .containsExactly(
                        List.of("FromAsCasing", "'as' and 'FROM' keywords' casing do not match", "Dockerfile:3"));
        assertThat(page.all("a").get(0).getAttribute("href")).isEqualTo("https://docs.example/x");
        assertThat(page.texts("li")).containsExactly("cache-to was dropped: the token is read-only");
        assertThat(page.rows("Slowest steps"))
                .containsExactly(List.of("RUN make linux/arm64", "31.2 s"), List.of("COPY . .", "0.0 s"));
        assertThat(page.texts("p")).contains("The build was run 2 times. Builder ci, driver docker-container.");
    }

    @Test
    void saysWhyABuildFailedAndWhatToDo() {
        WebPage page = page(Reports.failed(Reports.failingTest("one", "", "  two < three", "")));

        assertThat(page.texts("h2"))
                .startsWith("RUN make test exited with code 2", "Lines of the Dockerfile", "Last lines of the step");
        assertThat(page.texts("dd"))
                .containsExactly(
                        "Read the step's last lines and correct it. Running it again as it is will not help.",
                        "the Dockerfile or what it runs (step-failed, see docs/failures.md#step-failed)",
                        "Dockerfile:12",
                        "[linux/arm64 test 3/3] RUN make test",
                        "test",
                        "linux/arm64");
        assertThat(page.all("pre").get(0).getTextContent()).isEqualTo("12  RUN make test\n");
        assertThat(page.all("pre").get(1).getTextContent()).isEqualTo("one\n\n  two < three\n");
    }

    @Test
    void aCancelledBuildSaysNothingOfCauses() {
        WebPage page = page(Reports.failed(Reports.cancelled()));

        assertThat(page.texts("strong")).containsExactly("Cancelled");
        assertThat(page.texts("dt")).isEmpty();
        assertThat(page.texts("pre")).isEmpty();
    }

    @Test
    void eachStageHasAStripAndARowForEachRun() {
        WebPage page = page(built(
                List.of(
                        bar("load build context", Lane.BUILDKIT, 0, 250, Ending.DONE),
                        bar("WORKDIR /x", lane("build"), 300, 0, Ending.CACHED),
                        bar("RUN --network=none make", lane("build"), 1_000, 9_000, Ending.DONE),
                        bar("RUN lint", lane("lint"), 1_000, 500, Ending.STOPPED),
                        bar("exporting to image", Lane.RESULT, 10_000, 2_000, Ending.DONE)),
                0));

        assertThat(page.texts("summary"))
                .containsExactly("BuildKit1 run", "amd64 build2 runs, 1 cached", "amd64 lint1 run", "Export1 run");
        assertThat(page.rows("Timeline"))
                .containsExactly(
                        List.of("load build context", "0.0 s", "0.3 s", "run"),
                        List.of("WORKDIR /x", "0.3 s", "", "cached"),
                        List.of("RUN make", "1.0 s", "9.0 s", "run"),
                        List.of("RUN lint", "1.0 s", "0.5 s", "stopped"),
                        List.of("exporting to image", "10.0 s", "2.0 s", "run"));
        assertThat(page.texts("text")).containsExactly("0 s", "2 s", "4 s", "6 s", "8 s", "10 s", "12 s");
        Element lane = page.all("summary").get(1);
        assertThat(((Element) lane.getElementsByTagName("rect").item(0)).getAttribute("class"))
                .isEqualTo("bk-cached");
        Element run = (Element) lane.getElementsByTagName("rect").item(1);
        assertThat(run.getAttribute("x")).isEqualTo("8.33%");
        assertThat(run.getAttribute("width")).isEqualTo("75%");
    }

    @Test
    void whatTheTimeWentToIsShownBesideTheWhole() {
        Work work = new Work(
                new Work.Steps(1, 0, 1, List.of()),
                times(10_000),
                List.of(
                        new Work.Share("RUN", Duration.ofMillis(7_500)),
                        new Work.Share("pushing", Duration.ofMillis(1))),
                Work.Timeline.NONE);

        WebPage page = page(report(work));

        assertThat(page.rows("Where the time went"))
                .containsExactly(List.of("RUN", "7.5 s"), List.of("pushing", "0.0 s"));
        assertThat(page.all("rect").stream().map(r -> r.getAttribute("width"))).containsExactly("75%", "0.40%");
    }

    @Test
    void aBuildOfThousandsOfStepsFitsAndSaysWhatIsNotThere() {
        List<Bar> bars = new ArrayList<>();
        IntStream.range(0, 3_000)
                .forEach(i -> bars.add(bar(
                        "RUN " + "é".repeat(300) + i,
                        lane("s" + i % 40),
                        i * 10L,
                        i,
                        i == 7 ? Ending.FAILED : Ending.DONE)));

        String html = HtmlReport.page(built(bars, 5_000), "app", "");
        WebPage page = page(built(bars, 5_000));

        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1 << 20);
        assertThat(page.texts("p")).anyMatch(text -> text.matches("The \\d+ longest of 8000 runs\\."));
        assertThat(page.all("details").stream().filter(d -> d.hasAttribute("open")))
                .hasSizeLessThan(10);
    }

    @Test
    void aStageThatFailedIsOpenHoweverManyThereAre() {
        List<Bar> bars = new ArrayList<>();
        IntStream.range(0, 200)
                .forEach(i ->
                        bars.add(bar("RUN " + i, lane("s" + i), i * 10L, 10, i == 199 ? Ending.FAILED : Ending.DONE)));

        List<Element> lanes = page(built(bars, 0)).all("details");

        assertThat(lanes.get(0).hasAttribute("open")).isTrue();
        assertThat(lanes.get(198).hasAttribute("open")).isFalse();
        assertThat(lanes.get(199).hasAttribute("open")).isTrue();
    }

    @Test
    void needsNoScriptAndNoStyleOfItsOwn() {
        for (BuildReport report : List.of(
                Reports.pushed(), Reports.failed(Reports.failingTest("x")), Reports.failed(Reports.cancelled()))) {
            WebPage page = page(report);

            assertThat(page.all("script")).isEmpty();
            assertThat(page.all("style")).isEmpty();
            assertThat(page.all("*")).noneMatch(e -> e.hasAttribute("style"));
            assertThat(page.skeleton()).noneMatch(tag -> tag.contains(" on"));
        }
    }

    @Test
    void aPageOfItsOwnAllowsItsStylesheetAndNothingElse() throws Exception {
        String stylesheet = stylesheet();

        String page = HtmlReport.page(Reports.pushed(), "", stylesheet);

        String hash = Base64.getEncoder()
                .encodeToString(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(stylesheet.getBytes(StandardCharsets.UTF_8)));
        assertThat(page)
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .contains("default-src 'none'; style-src 'sha256-" + hash + "'")
                .contains("<title>Built registry.example/app:1</title>")
                .contains("<style>" + stylesheet + "</style>");
    }

    @Test
    void theStylesheetCannotEndItsElementAndLoadsNothing() throws IOException {
        assertThat(stylesheet()).contains(".bk-report").doesNotContain("<", "@import", "url(");
    }

    private static String stylesheet() throws IOException {
        try (InputStream css = HtmlReport.class.getResourceAsStream(HtmlReport.STYLESHEET)) {
            assertThat(css).isNotNull();
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static WebPage page(BuildReport report) {
        return WebPage.of(HtmlReport.article(report, ""));
    }

    private static BuildReport built(List<Bar> bars, int leftOut) {
        return report(new Work(
                new Work.Steps(bars.size(), 0, bars.size(), List.of()),
                times(12_000),
                new Work.Timeline(bars, leftOut)));
    }

    private static BuildReport report(Work work) {
        return new BuildReport(
                new BuildReport.Built(),
                Optional.empty(),
                work,
                new BuilderUsed("ci", Optional.empty(), List.of()),
                new BuildReport.Remarks(List.of(), List.of(), List.of()),
                1);
    }

    private static Work.Times times(long total) {
        return new Work.Times(
                Duration.ofMillis(total), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Lane lane(String stage) {
        return new Lane(stage, Optional.of(Reports.AMD64), Optional.empty());
    }

    private static Bar bar(String name, Lane lane, long start, long time, Ending ending) {
        return new Bar(name, lane, Duration.ofMillis(start), Duration.ofMillis(time), ending);
    }
}
