package io.buildkitci.report;

import io.buildkitci.model.Platform;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A timeline as a Mermaid gantt chart, a section for each stage of each platform.
 *
 * <p>Written for what every Mermaid since 8.6 takes, for GitHub Enterprise Server has older ones than GitHub: start and
 * end as dates, no units, no {@code displayMode}. The width is given because a chart inside something collapsed would
 * otherwise be as wide as that is then: not at all. Mermaid refuses sources of more than 50,000 characters; so many bars
 * with names so short stay far below.
 */
final class Gantt {
    private static final int LONGEST_NAME = 44;
    private static final int LONGEST_READ = 1000;
    private static final int DIGEST_LENGTH = 64;
    private static final int LONGEST_SECTION = 24;
    /** A day of all browsers' time zones on which no clock is set; the axis shows nothing of it but the time. */
    private static final LocalDateTime MIDNIGHT = LocalDateTime.of(2000, 1, 1, 0, 0);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

    private Gantt() {}

    /** Lines of the chart for bars in the order of their start. */
    static List<String> render(List<Work.Bar> bars) {
        List<String> lines = new ArrayList<>(List.of(
                "%%{init: {\"gantt\": {\"useWidth\": 960, \"leftPadding\": 170, \"barHeight\": 18, \"topPadding\": 50}}}%%",
                "gantt",
                "    dateFormat YYYY-MM-DD HH:mm:ss.SSS",
                "    axisFormat " + axis(bars),
                "    todayMarker off"));
        Map<Work.Lane, List<Work.Bar>> lanes = new LinkedHashMap<>();
        bars.forEach(bar ->
                lanes.computeIfAbsent(bar.lane(), lane -> new ArrayList<>()).add(bar));
        for (Work.Lane lane : ordered(lanes.keySet())) {
            lines.add("    section " + inert(PlainText.oneLine(name(lane), LONGEST_SECTION)));
            lanes.getOrDefault(lane, List.of()).forEach(bar -> lines.add("    " + render(bar)));
        }
        return lines;
    }

    /** The stages of a platform together, in the order of their start; the result comes last. */
    private static List<Work.Lane> ordered(Set<Work.Lane> lanes) {
        List<Optional<Platform>> platforms =
                lanes.stream().map(Gantt::target).distinct().toList();
        return lanes.stream()
                .sorted(Comparator.comparing((Work.Lane lane) -> lane.equals(Work.Lane.RESULT))
                        .thenComparing(lane -> platforms.indexOf(target(lane))))
                .toList();
    }

    private static Optional<Platform> target(Work.Lane lane) {
        return lane.output().or(lane::platform);
    }

    /** The time comes first, so that no name can be taken for a word of Mermaid's. */
    private static String render(Work.Bar bar) {
        return TextReport.time(bar.time())
                + " "
                + inert(PlainText.shortened(brief(bar.name()), LONGEST_NAME))
                + " :"
                + tag(bar.ending())
                + TIME.format(MIDNIGHT.plus(bar.start()))
                + ", "
                + TIME.format(MIDNIGHT.plus(bar.start()).plus(bar.time()));
    }

    /** Without the flags of an instruction and the digest of an image, which leave no room for what tells steps apart. */
    private static String brief(String name) {
        List<String> words =
                new ArrayList<>(List.of(PlainText.oneLine(name, LONGEST_READ).split(" ", -1)));
        while (words.size() > 2 && words.get(1).startsWith("--")) {
            words.remove(1);
        }
        String brief = String.join(" ", words);
        int digest = brief.indexOf("@sha256:");
        int end = digest + "@sha256:".length() + DIGEST_LENGTH;
        return digest > 0 && end <= brief.length() ? brief.substring(0, digest) + brief.substring(end) : brief;
    }

    private static String tag(Work.Ending ending) {
        return switch (ending) {
            case DONE -> "";
            case CACHED -> "done, ";
            case STOPPED -> "active, ";
            case FAILED -> "crit, ";
        };
    }

    private static String axis(List<Work.Bar> bars) {
        Duration end = bars.stream()
                .map(bar -> bar.start().plus(bar.time()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        if (end.toHours() > 0) {
            return "%H:%M:%S";
        }
        return end.toSeconds() < 10 ? "%S.%L" : "%M:%S";
    }

    private static String name(Work.Lane lane) {
        String platform = Stream.concat(lane.platform().stream(), lane.output().stream())
                .map(Platform::render)
                .map(name -> name.startsWith("linux/") ? name.substring("linux/".length()) : name)
                .collect(Collectors.joining("→"));
        return (platform + " " + lane.stage()).strip();
    }

    /** Signs that mean something to Mermaid, replaced by ones that only look like them. */
    private static String inert(String text) {
        StringBuilder inert = new StringBuilder();
        text.codePoints().forEach(c -> inert.appendCodePoint(lookAlike(c)));
        return inert.toString();
    }

    private static int lookAlike(int c) {
        return switch (c) {
            case ':' -> '∶';
            case '"', '`' -> '\'';
            case '<' -> '‹';
            case '>' -> '›';
            case ';' -> ',';
            case '#' -> '♯';
            case '%' -> '％';
            case '{' -> '(';
            case '}' -> ')';
            case '\\' -> '/';
            default -> c;
        };
    }
}
