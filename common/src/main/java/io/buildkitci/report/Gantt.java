package io.buildkitci.report;

import io.buildkitci.model.Platform;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    /** A day on which no browser's clock was set; the axis shows nothing of it but the time. */
    private static final LocalDate DAY = LocalDate.of(2000, 1, 1);

    private Gantt() {}

    /** Lines of the chart for bars in the order of their start. */
    static List<String> render(List<Work.Bar> bars) {
        List<String> lines = new ArrayList<>(List.of(
                "%%{init: {\"gantt\": {\"useWidth\": 960, \"leftPadding\": 170, \"barHeight\": 18, \"topPadding\": 50}}}%%",
                "gantt",
                "    dateFormat YYYY-MM-DD HH:mm:ss.SSS",
                "    axisFormat " + axis(bars),
                "    todayMarker off"));
        for (Map.Entry<String, List<String>> section : sections(bars).entrySet()) {
            lines.add("    section " + inert(PlainText.oneLine(section.getKey(), LONGEST_SECTION)));
            lines.addAll(section.getValue());
        }
        return lines;
    }

    /** The stages of a platform together, in the order of their start; the result comes last. */
    private static Map<String, List<String>> sections(List<Work.Bar> bars) {
        Map<String, Map<String, List<String>>> platforms = new LinkedHashMap<>();
        Map<String, List<String>> result = new LinkedHashMap<>();
        for (Work.Bar bar : bars) {
            Work.Lane lane = bar.lane();
            String platform = brief(lane.output().isPresent() ? lane.output() : lane.platform());
            Map<String, List<String>> its = lane.stage().equals(Work.Lane.RESULT.stage())
                    ? result
                    : platforms.computeIfAbsent(platform, first -> new LinkedHashMap<>());
            its.computeIfAbsent(name(lane), first -> new ArrayList<>()).add("    " + render(bar));
        }
        Map<String, List<String>> sections = new LinkedHashMap<>();
        for (Map<String, List<String>> its : platforms.values()) {
            sections.putAll(its);
        }
        sections.putAll(result);
        return sections;
    }

    /** The time comes first, so that no name can be taken for a word of Mermaid's. */
    private static String render(Work.Bar bar) {
        return TextReport.time(bar.time())
                + " "
                + inert(PlainText.shortened(brief(bar.name()), LONGEST_NAME))
                + " :"
                + tag(bar.ending())
                + time(bar.start())
                + ", "
                + time(bar.start().plus(bar.time()));
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

    /** By hand, for a formatter takes a short-lived process longer than all the rest of the page. */
    private static String time(Duration offset) {
        return DAY.plusDays(offset.toDays())
                + " "
                + digits(2, offset.toHoursPart())
                + ":"
                + digits(2, offset.toMinutesPart())
                + ":"
                + digits(2, offset.toSecondsPart())
                + "."
                + digits(3, offset.toMillisPart());
    }

    private static String digits(int count, int number) {
        String digits = Integer.toString(number);
        return "0".repeat(count - digits.length()) + digits;
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
        Duration end = Duration.ZERO;
        for (Work.Bar bar : bars) {
            Duration its = bar.start().plus(bar.time());
            end = its.compareTo(end) > 0 ? its : end;
        }
        if (end.toHours() > 0) {
            return "%H:%M:%S";
        }
        return end.toSeconds() < 10 ? "%S.%L" : "%M:%S";
    }

    private static String name(Work.Lane lane) {
        String platform = brief(lane.platform());
        String output = brief(lane.output());
        return (platform + (output.isEmpty() ? " " : "→" + output + " ") + lane.stage()).strip();
    }

    private static String brief(Optional<Platform> platform) {
        String name = platform.isPresent() ? platform.get().render() : "";
        return name.startsWith("linux/") ? name.substring("linux/".length()) : name;
    }

    /** Signs that mean something to Mermaid, replaced by ones that only look like them. */
    private static String inert(String text) {
        StringBuilder inert = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            inert.append(lookAlike(text.charAt(i)));
        }
        return inert.toString();
    }

    private static char lookAlike(char c) {
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
