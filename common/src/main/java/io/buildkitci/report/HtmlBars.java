package io.buildkitci.report;

import java.time.Duration;
import java.util.List;

/** Bars of time as SVG; their colours are attributes too, in case that the stylesheet is missing. */
final class HtmlBars {
    private HtmlBars() {}

    /** A bar, with a title for the pointer where there is one. */
    static String rect(TimeAxis.Extent extent, Work.Ending ending, String title) {
        return "<rect x=\"" + extent.from() + "\" y=\"2\" width=\"" + extent.width()
                + "\" height=\"10\" rx=\"2\" " + look(ending)
                + (title.isEmpty() ? "/>" : "><title>" + title + "</title></rect>");
    }

    private static String look(Work.Ending ending) {
        return switch (ending) {
            case DONE -> "class=\"bk-done\" fill=\"#2f6fd0\"";
            case CACHED -> "class=\"bk-cached\" fill=\"#2c974b\"";
            case FAILED -> "class=\"bk-failed\" fill=\"#cf222e\"";
            case MISSED, STOPPED -> "class=\"bk-stopped\" fill=\"#8c8f94\"";
        };
    }

    static String word(Work.Ending ending) {
        return switch (ending) {
            case DONE -> "run";
            case CACHED -> "cached";
            case FAILED -> "failed";
            case MISSED -> "no cache";
            case STOPPED -> "stopped";
        };
    }

    /**
     * Names beside bars that begin at the left, each as long as its time.
     *
     * @param whole the time that takes all of the width
     */
    static String lengths(List<Length> lengths, Duration whole) {
        TimeAxis scale = new TimeAxis(whole.isZero() ? Duration.ofMillis(1) : whole, 1);
        StringBuilder html = new StringBuilder("<table class=\"bk-lengths\">\n<tbody>\n");
        for (Length length : lengths) {
            html.append("<tr><th scope=\"row\">")
                    .append(length.html())
                    .append("</th><td>")
                    .append(TextReport.time(length.time()))
                    .append("</td><td aria-hidden=\"true\"><svg class=\"bk-chart\" width=\"100%\" height=\"14\">")
                    .append(rect(scale.extent(Duration.ZERO, length.time()), Work.Ending.DONE, ""))
                    .append("</svg></td></tr>\n");
        }
        return html + "</tbody>\n</table>\n";
    }

    /** A name as HTML, and a time. */
    record Length(String html, Duration time) {}
}
