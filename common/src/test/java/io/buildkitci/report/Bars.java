package io.buildkitci.report;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gantt chart as Mermaid's lexer reads it (its {@code gantt.jison}): the name of a section ends at a colon, and so does
 * that of a task; what follows is split at commas, with tags first.
 */
record Bars(List<String> settings, List<Bar> bars) {
    private static final Pattern TASK = Pattern.compile("(?<name>[^:#;]+) :(?<tag>done, |crit, |active, )?"
            + "(?<from>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}), "
            + "(?<to>\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3})");
    private static final LocalDateTime ZERO = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

    record Bar(String section, String name, String tag, Duration from, Duration to) {}

    /** @throws AssertionError for a line that is neither a setting, a section nor a task */
    static Bars parse(List<String> lines) {
        List<String> settings = new ArrayList<>();
        List<Bar> bars = new ArrayList<>();
        String section = "";
        for (String line : lines) {
            String text = line.strip();
            Matcher task = TASK.matcher(text);
            if (text.startsWith("section ")) {
                section = text.substring("section ".length());
            } else if (!section.isEmpty() && task.matches()) {
                String tag = task.group("tag") == null ? "" : task.group("tag").replace(", ", "");
                bars.add(new Bar(section, task.group("name"), tag, time(task.group("from")), time(task.group("to"))));
            } else if (section.isEmpty()) {
                settings.add(text);
            } else {
                throw new AssertionError("not a task: " + text);
            }
        }
        return new Bars(settings, bars);
    }

    private static Duration time(String text) {
        return Duration.between(ZERO, LocalDateTime.parse(text, TIME));
    }
}
