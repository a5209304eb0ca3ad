package io.buildkitci.report;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.model.Driver;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        for (String line : report.remarks().answer()) {
            text.append(line).append('\n');
        }
        Optional<BuildFailure> failure = report.result().failure();
        text.append(failure.isPresent() ? new FailureText(glyphs).render(failure.get()) : headline(report));
        Optional<Image> image = report.image();
        if (image.isPresent()) {
            addImage(image.get(), report.builder(), text);
        }
        if (image.isEmpty() || image.get().platforms().isEmpty()) {
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
        List<String> platforms = new ArrayList<>();
        for (BuilderUsed.PlatformRun run : report.builder().platforms()) {
            platforms.add(run.platform().render());
        }
        String what = platforms.isEmpty() ? "" : " for " + String.join(", ", platforms);
        String done = report.remarks().answer().isEmpty() ? " Built" : " Answered";
        return glyphs.good() + done + what + " in " + time(report.work().times().total()) + "\n";
    }

    private void addImage(Image image, BuilderUsed builder, StringBuilder text) {
        List<String> tags = new ArrayList<>();
        for (ImageRef tag : image.tags()) {
            tags.add(tag.render());
        }
        add(image.pushed() ? "pushed" : "image", tags, text);
        add("digest", image.digest(), text);
        add("image id", image.imageId(), text);
        Map<Platform, String> how = new HashMap<>();
        for (BuilderUsed.PlatformRun run : builder.platforms()) {
            how.putIfAbsent(run.platform(), run.render());
        }
        List<List<String>> rows = new ArrayList<>();
        for (Image.PlatformDigest built : image.platforms()) {
            rows.add(List.of(built.platform().render(), built.digest(), how.getOrDefault(built.platform(), "")));
        }
        add("platforms", aligned(rows), text);
        add("pull with", image.pullCommand(), text);
    }

    private static List<String> platforms(BuilderUsed builder) {
        List<List<String>> rows = new ArrayList<>();
        for (BuilderUsed.PlatformRun run : builder.platforms()) {
            rows.add(List.of(run.platform().render(), run.render()));
        }
        return aligned(rows);
    }

    private void addWork(Work work, StringBuilder text) {
        Work.Steps steps = work.steps();
        if (steps.total() > 0) {
            add("steps", List.of(steps.total() + " (" + steps.cached() + " cached, " + steps.run() + " run)"), text);
        }
        List<List<String>> rows = new ArrayList<>();
        for (Work.SlowStep step : steps.slowest()) {
            String platform =
                    step.platform().isPresent() ? step.platform().get().render() : "";
            rows.add(List.of(time(step.time()), platform, step.name()));
        }
        add("slowest", aligned(rows), text);
        add("time", List.of(times(work.times())), text);
    }

    private static String times(Work.Times times) {
        return "total " + time(times.total())
                + further("build", times.build())
                + further("export", times.export())
                + further("push", times.push())
                + further("cache export", times.cacheExport());
    }

    private static String further(String phase, Optional<Duration> time) {
        return time.isPresent() ? ", " + phase + " " + time(time.get()) : "";
    }

    private static String builder(BuilderUsed builder) {
        Optional<Driver> driver = builder.driver();
        return builder.name() + (driver.isPresent() ? " (" + driver.get().render() + ")" : "");
    }

    private static List<String> warnings(List<BuildReport.CheckWarning> warnings) {
        List<List<String>> rows = new ArrayList<>();
        for (BuildReport.CheckWarning warning : warnings.subList(0, Math.min(MOST_WARNINGS, warnings.size()))) {
            rows.add(List.of(warning.place(), warning.rule() + ": " + warning.message()));
        }
        List<String> lines = new ArrayList<>(aligned(rows));
        if (warnings.size() > MOST_WARNINGS) {
            lines.add("and " + (warnings.size() - MOST_WARNINGS) + " more");
        }
        return lines;
    }

    private void add(String label, Optional<String> line, StringBuilder text) {
        if (line.isPresent()) {
            add(label, List.of(line.get()), text);
        }
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
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(joined(row, widths));
        }
        return lines;
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
    public static String time(Duration duration) {
        long tenths = Math.round(duration.toMillis() / 100.0);
        if (tenths < 600) {
            return tenths / 10 + "." + tenths % 10 + " s";
        }
        long seconds = Math.round(duration.toMillis() / 1000.0);
        return seconds / 60 + " min " + (seconds % 60 < 10 ? "0" : "") + seconds % 60 + " s";
    }
}
