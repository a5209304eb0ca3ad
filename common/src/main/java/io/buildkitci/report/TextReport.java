package io.buildkitci.report;

import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as the command line prints it at the end: a headline, then one labelled row for each thing to know. */
public final class TextReport {
    private static final int LABEL = 11;
    private static final int MOST_WARNINGS = 20;

    private final Glyphs glyphs;

    public TextReport(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** Lines with a line feed after each. */
    public String render(BuildReport report) {
        StringBuilder text = new StringBuilder();
        report.remarks().answer().forEach(line -> text.append(line).append('\n'));
        text.append(report.result()
                .failure()
                .map(failure -> new FailureText(glyphs).render(failure))
                .orElseGet(() -> headline(report)));
        report.image().ifPresent(image -> addImage(image, report.builder(), text));
        if (report.image().filter(image -> !image.platforms().isEmpty()).isEmpty()) {
            add("platforms", platforms(report.builder()), text);
        }
        addWork(report.work(), text);
        add("builder", List.of(builder(report.builder())), text);
        add("warnings", warnings(report.remarks().warnings()), text);
        add("notes", report.remarks().notes(), text);
        if (report.attempts() > 1) {
            add("attempts", List.of(Integer.toString(report.attempts())), text);
        }
        return text.toString();
    }

    private String headline(BuildReport report) {
        List<String> platforms = report.builder().platforms().stream()
                .map(run -> run.platform().render())
                .toList();
        String what = platforms.isEmpty() ? "" : " for " + String.join(", ", platforms);
        String done = report.remarks().answer().isEmpty() ? " Built" : " Answered";
        return glyphs.good() + done + what + " in " + time(report.work().times().total()) + "\n";
    }

    private void addImage(Image image, BuilderUsed builder, StringBuilder text) {
        add(
                image.pushed() ? "pushed" : "image",
                image.tags().stream().map(ImageRef::render).toList(),
                text);
        add("digest", image.digest().stream().toList(), text);
        add("image id", image.imageId().stream().toList(), text);
        Map<Platform, String> how = builder.platforms().stream()
                .collect(Collectors.toMap(
                        BuilderUsed.PlatformRun::platform, BuilderUsed.PlatformRun::render, (first, again) -> first));
        add(
                "platforms",
                aligned(image.platforms().stream()
                        .map(built -> List.of(
                                built.platform().render(), built.digest(), how.getOrDefault(built.platform(), "")))
                        .toList()),
                text);
        add("pull with", image.pullCommand().stream().toList(), text);
    }

    private static List<String> platforms(BuilderUsed builder) {
        return aligned(builder.platforms().stream()
                .map(run -> List.of(run.platform().render(), run.render()))
                .toList());
    }

    private void addWork(Work work, StringBuilder text) {
        Work.Steps steps = work.steps();
        if (steps.total() > 0) {
            add("steps", List.of(steps.total() + " (" + steps.cached() + " cached, " + steps.run() + " run)"), text);
        }
        add(
                "slowest",
                aligned(steps.slowest().stream()
                        .map(step -> List.of(
                                time(step.time()),
                                step.platform().map(Platform::render).orElse(""),
                                step.name()))
                        .toList()),
                text);
        add("time", List.of(times(work.times())), text);
    }

    private static String times(Work.Times times) {
        return Stream.of(
                        Optional.of("total " + time(times.total())),
                        times.build().map(t -> "build " + time(t)),
                        times.export().map(t -> "export " + time(t)),
                        times.push().map(t -> "push " + time(t)),
                        times.cacheExport().map(t -> "cache export " + time(t)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    private static String builder(BuilderUsed builder) {
        return builder.name()
                + builder.driver().map(driver -> " (" + driver.render() + ")").orElse("");
    }

    private static List<String> warnings(List<BuildReport.CheckWarning> warnings) {
        List<String> lines = new ArrayList<>(aligned(warnings.stream()
                .limit(MOST_WARNINGS)
                .map(warning -> List.of(warning.place(), warning.rule() + ": " + warning.message()))
                .toList()));
        if (warnings.size() > MOST_WARNINGS) {
            lines.add("and " + (warnings.size() - MOST_WARNINGS) + " more");
        }
        return lines;
    }

    /** Nothing where there is no line; otherwise the label beside the first. */
    private void add(String label, List<String> lines, StringBuilder text) {
        String beside = label;
        for (String line : lines) {
            String row = "  " + beside + " ".repeat(LABEL - beside.length()) + glyphs.plain(line);
            text.append(row.stripTrailing()).append('\n');
            beside = "";
        }
    }

    /** Rows of the same number of cells, as columns. */
    private static List<String> aligned(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> joined(row, widths)).toList();
    }

    private static String joined(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            if (widths[i] > 0) {
                line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
            }
        }
        return line.toString().stripTrailing();
    }

    /** {@code 0.3 s}, {@code 41.2 s}, {@code 3 min 05 s}. */
    static String time(Duration duration) {
        long tenths = Math.round(duration.toMillis() / 100.0);
        if (tenths < 600) {
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        long seconds = Math.round(duration.toMillis() / 1000.0);
        return seconds / 60 + " min " + (seconds % 60 < 10 ? "0" : "") + seconds % 60 + " s";
    }
}
