package io.buildkitci.report;

import io.buildkitci.model.Platform;
import io.buildkitci.report.Fitting.Most;
import io.buildkitci.report.Fitting.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The part of a page about what was done and how long it took. */
final class MarkdownWork {
    private static final String TIMELINE = "the timeline";
    private static final int LONGEST_STEP = 120;
    /** A chart of more bars cannot be read; one of less says nothing that a table does not. */
    private static final int MOST_BARS = 40;

    private static final int LEAST_BARS = 2;
    /** Of the whole time: shorter bars are not to be seen. */
    private static final int VISIBLE_FRACTION = 100;

    private MarkdownWork() {}

    static Part steps(Work.Steps steps) {
        return Part.of("the count of steps", 3, steps.total() == 0 ? "" : steps.counted() + "\n");
    }

    /** Phases overlap and are told apart only by what BuildKit says of them; those that there were not are left out. */
    static Part times(Work.Times times) {
        List<String> row = List.of(
                TextReport.time(times.total()),
                time(times.build()),
                time(times.export()),
                time(times.push()),
                time(times.cacheExport()));
        boolean some = Collections.frequency(row, "") < row.size() - 1;
        return Part.of(
                "the times",
                6,
                some ? Markdown.table(List.of("Total", "Build", "Export", "Push", "Cache export"), List.of(row)) : "");
    }

    private static String time(Optional<Duration> time) {
        return time.map(TextReport::time).orElse("");
    }

    /** Where everything was cached, what took longest is only how the base images were looked up. */
    static Part slowest(Work.Steps steps) {
        List<Work.SlowStep> slowest = steps.run() > 0 ? steps.slowest() : List.of();
        return Part.list("slowest steps", 7, slowest, new Most(10, 3), MarkdownWork::slowest);
    }

    private static String slowest(List<Work.SlowStep> steps) {
        List<List<String>> rows = new ArrayList<>();
        for (Work.SlowStep step : steps) {
            String platform = step.platform().map(Platform::render).orElse("");
            rows.add(List.of(
                    TextReport.time(step.time()),
                    Markdown.code(platform, LONGEST_STEP),
                    Markdown.code(step.name(), LONGEST_STEP)));
        }
        return "### Slowest steps\n\n" + Markdown.table(List.of("Time", "Platform", "Step"), rows);
    }

    /** None where nothing ran but what BuildKit does before each build. */
    static Part timeline(Work work) {
        Work.Timeline timeline = work.timeline();
        List<Work.Bar> shown = longest(timeline.bars(), work.times().total());
        if (shown.size() < LEAST_BARS || !Lanes.tellMore(shown)) {
            return Part.of(TIMELINE, 8, "");
        }
        int all = timeline.bars().size() + timeline.leftOut();
        String summary =
                shown.size() < all ? "Timeline: the " + shown.size() + " longest of " + all + " runs" : "Timeline";
        return Part.of(TIMELINE, 8, Markdown.collapsed(summary, Markdown.fence("mermaid", Gantt.render(shown))));
    }

    /** In the order of their start. */
    private static List<Work.Bar> longest(List<Work.Bar> bars, Duration total) {
        List<Work.Bar> longest = new ArrayList<>();
        for (Work.Bar bar : bars) {
            if (bar.time().toMillis() * VISIBLE_FRACTION >= total.toMillis()) {
                longest.add(bar);
            }
        }
        if (longest.size() > MOST_BARS) {
            longest.sort(Comparator.comparing(Work.Bar::time).reversed());
            longest.subList(MOST_BARS, longest.size()).clear();
            longest.sort(Comparator.comparing(Work.Bar::start));
        }
        return longest;
    }
}
