package io.buildkitci.report;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        for (Map.Entry<String, List<Work.Bar>> lane : Lanes.of(bars).entrySet()) {
            lines.add("    section " + inert(PlainText.oneLine(lane.getKey(), LONGEST_SECTION)));
            for (Work.Bar bar : lane.getValue()) {
                lines.add("    " + render(bar));
            }
        }
        return lines;
    }

    /** The time comes first, so that no name can be taken for a word of Mermaid's. */
    private static String render(Work.Bar bar) {
        return TextReport.time(bar.time())
                + " "
                + inert(PlainText.shortened(Lanes.brief(bar.name()), LONGEST_NAME))
                + " :"
                + tag(bar.ending())
                + time(bar.start())
                + ", "
                + time(bar.start().plus(bar.time()));
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
            case STOPPED, MISSED -> "active, ";
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
