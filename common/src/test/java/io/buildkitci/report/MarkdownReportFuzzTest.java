package io.buildkitci.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailedStep;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.failure.Place;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import io.buildkitci.report.MarkdownReport.Section;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the texts of a build are: the page has the same elements, and it fits. */
class MarkdownReportFuzzTest {
    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noTextAddsAnElementToThePage(int seed) {
        Random random = new Random(seed);
        boolean failed = random.nextBoolean();
        Supplier<String> hostile = () -> "w" + HostileTexts.random(random);

        Page page = Page.of(render(() -> hostile.get().replaceAll("[\\r\\n]", " "), hostile, failed));
        Page harmless = Page.of(render(() -> "w", () -> "w", failed));

        assertThat(page.elements()).isEqualTo(harmless.elements());
        assertThat(page.html()).isEqualTo(harmless.html());
        assertThat(page.links().keySet()).isEqualTo(harmless.links().keySet());
        assertThat(Bars.parse(page.code("mermaid").get(0).lines().toList()).bars())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"step", "line", "x"})
    void aHugeReportFits(String text) {
        String megabyte = text.repeat(1_000_000 / text.length());
        Supplier<String> big = () -> megabyte;

        for (boolean failed : new boolean[] {false, true}) {
            String page = render(big, big, failed);
            assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(100_000);
            assertThat(Page.of(page).elements())
                    .isEqualTo(Page.of(render(() -> "w", () -> "w", failed)).elements());
        }
    }

    @Test
    void aReportOfVeryManyThingsFits() {
        List<String> many =
                IntStream.range(0, 100_000).mapToObj(i -> "€".repeat(200) + i).toList();
        BuildReport report = new BuildReport(
                new BuildReport.Failed(failure(() -> "w", many)),
                Optional.empty(),
                new Work(
                        new Work.Steps(
                                100_000,
                                0,
                                100_000,
                                many.stream()
                                        .map(name -> new Work.SlowStep(name, Optional.empty(), Duration.ofSeconds(1)))
                                        .toList()),
                        times(),
                        new Work.Timeline(
                                IntStream.range(0, 100_000)
                                        .mapToObj(i -> bar(many.get(i), many.get(i % 7)))
                                        .toList(),
                                0)),
                new BuilderUsed("w", Optional.empty(), List.of()),
                new BuildReport.Remarks(
                        many.stream()
                                .map(text -> new BuildReport.CheckWarning(text, text, text, 1, Optional.empty()))
                                .toList(),
                        many,
                        many),
                1);
        Section section = Section.of(
                "w", many.stream().map(text -> new Setting(text, text)).toList());

        String page = MarkdownReport.render(report, section);

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(MarkdownReport.STEP_SUMMARY_LIMIT);
        assertThat(Page.of(page).paragraphs()).contains("99900 more warnings are not shown.");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aPageFitsInEveryLimitAndIsNeverCutInsideOfSomething(int seed) {
        Random random = new Random(seed);
        boolean failed = random.nextBoolean();
        Supplier<String> text = () -> "w" + HostileTexts.random(random);
        BuildReport report = report(text, failed);
        int limit = random.nextInt(12_000);

        String page = MarkdownReport.render(report, new Section("w", inputs(text), limit));

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(limit);
        assertThat(page.isEmpty() || page.endsWith("\n")).isTrue();
        assertThat(page.startsWith("## ")).isEqualTo(!page.isEmpty());
        List<String> html = Page.of(page).html();
        assertThat(html.stream().filter(tag -> tag.startsWith("<details>")).count())
                .isEqualTo(html.stream()
                        .filter(tag -> tag.startsWith("</details>"))
                        .count());
    }

    private static String render(Supplier<String> text, Supplier<String> lines, boolean failed) {
        return MarkdownReport.render(
                report(lines, failed), new Section(text.get(), inputs(text), MarkdownReport.STEP_SUMMARY_LIMIT));
    }

    private static List<Setting> inputs(Supplier<String> text) {
        return List.of(new Setting(text.get(), text.get()), new Setting(text.get(), text.get()));
    }

    static BuildReport report(Supplier<String> text, boolean failed) {
        Platform platform = new Platform("linux", text.get(), "");
        Image image = new Image(
                Optional.of(text.get()),
                Optional.of("id" + text.get()),
                List.of(new ImageRef("", text.get(), text.get(), ""), new ImageRef("", text.get(), "", "")),
                List.of(new Image.PlatformDigest(platform, text.get())),
                true);
        Work work = new Work(
                new Work.Steps(
                        2, 1, 1, List.of(new Work.SlowStep(text.get(), Optional.of(platform), Duration.ofSeconds(1)))),
                times(),
                new Work.Timeline(List.of(bar(text.get(), text.get()), bar(text.get(), text.get())), 0));
        BuilderUsed builder = new BuilderUsed(
                text.get(), Optional.empty(), List.of(new BuilderUsed.PlatformRun(platform, Optional.of(text.get()))));
        Optional<String> url = Optional.of("https://docs.example/rule");
        BuildReport.Remarks remarks = new BuildReport.Remarks(
                List.of(new BuildReport.CheckWarning(text.get(), text.get(), text.get(), 3, url)),
                List.of(text.get(), text.get()),
                List.of(text.get(), text.get()));
        return failed
                ? new BuildReport(
                        new BuildReport.Failed(failure(text, List.of(text.get(), text.get()))),
                        Optional.empty(),
                        work,
                        builder,
                        remarks,
                        1)
                : new BuildReport(new BuildReport.Built(), Optional.of(image), work, builder, remarks, 1);
    }

    private static BuildFailure failure(Supplier<String> text, List<String> output) {
        return new BuildFailure(
                FailureCode.STEP_FAILED,
                text.get(),
                Optional.of(new Place(text.get(), 3, 4, List.of(text.get(), text.get()))),
                Optional.of(new FailedStep(
                        text.get(),
                        Optional.of(new Platform("linux", text.get(), "")),
                        Optional.of(text.get()),
                        text.get(),
                        output)),
                List.of(text.get()),
                text.get(),
                text.get());
    }

    private static Work.Bar bar(String name, String stage) {
        Work.Lane lane = new Work.Lane("s" + stage, Optional.empty(), Optional.empty());
        return new Work.Bar(name, lane, Duration.ZERO, Duration.ofSeconds(3), Work.Ending.DONE);
    }

    private static Work.Times times() {
        return new Work.Times(
                Duration.ofSeconds(9),
                Optional.of(Duration.ofSeconds(3)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
