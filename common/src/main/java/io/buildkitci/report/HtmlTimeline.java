package io.buildkitci.report;

import io.buildkitci.report.Fitting.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A timeline as HTML: for each stage of each platform a strip with all its runs, which opens to a table with a run in
 * each row, its bar among the cells. So the chart needs no script, is as wide as the page, and says in words all that it
 * shows.
 */
final class HtmlTimeline {
    private static final int LONGEST_NAME = 200;
    private static final int[] MOST_ROWS = {800, 250, 60};
    /** Lanes are open as long as so many rows are to be seen. */
    private static final int MOST_OPEN = 60;

    private static final List<Work.Ending> LEGEND =
            List.of(Work.Ending.DONE, Work.Ending.CACHED, Work.Ending.FAILED, Work.Ending.STOPPED);

    private final TimeAxis axis;

    private HtmlTimeline(TimeAxis axis) {
        this.axis = axis;
    }

    /** None where nothing ran but what BuildKit does before each build. */
    static Part part(Work.Timeline timeline) {
        List<String> versions = new ArrayList<>();
        if (Lanes.tellMore(timeline.bars())) {
            for (int most : MOST_ROWS) {
                if (versions.isEmpty() || most < timeline.bars().size()) {
                    versions.add(Html.section("Timeline", render(timeline, most)));
                }
            }
        }
        return new Part("the timeline", 8, versions);
    }

    private static String render(Work.Timeline timeline, int most) {
        List<Work.Bar> shown = longest(timeline.bars(), most);
        HtmlTimeline chart = new HtmlTimeline(TimeAxis.of(shown));
        int all = timeline.bars().size() + timeline.leftOut();
        StringBuilder html = new StringBuilder(legend());
        if (shown.size() < all) {
            html.append(Html.paragraph("The " + shown.size() + " longest of " + all + " runs."))
                    .append('\n');
        }
        html.append("<div class=\"bk-timeline bk-parts-")
                .append(chart.axis.parts())
                .append("\">\n")
                .append(chart.scale());
        int rows = 0;
        for (Map.Entry<String, List<Work.Bar>> lane : Lanes.of(shown).entrySet()) {
            rows += lane.getValue().size();
            chart.addLane(lane.getKey(), lane.getValue(), rows <= MOST_OPEN, html);
        }
        return html + "</div>\n";
    }

    /** In the order of their start. */
    private static List<Work.Bar> longest(List<Work.Bar> bars, int most) {
        List<Work.Bar> longest = new ArrayList<>(bars);
        if (longest.size() > most) {
            longest.sort(Comparator.comparing(Work.Bar::time).reversed());
            longest.subList(most, longest.size()).clear();
            longest.sort(Comparator.comparing(Work.Bar::start));
        }
        return longest;
    }

    private static String legend() {
        StringBuilder legend = new StringBuilder("<p class=\"bk-legend\" aria-hidden=\"true\">");
        for (Work.Ending ending : LEGEND) {
            legend.append("<span><svg width=\"14\" height=\"12\">")
                    .append(HtmlBars.rect(new TimeAxis.Extent("0", "14"), ending, ""))
                    .append("</svg> ")
                    .append(HtmlBars.word(ending))
                    .append("</span> ");
        }
        return legend + "</p>\n";
    }

    private String scale() {
        List<String> labels = axis.labels();
        StringBuilder scale = new StringBuilder("<div class=\"bk-scale\" aria-hidden=\"true\"><svg width=\"100%\""
                + " height=\"20\" class=\"bk-chart\">");
        for (int i = 0; i < labels.size(); i++) {
            String anchor = i == 0 ? "start" : i == labels.size() - 1 ? "end" : "middle";
            scale.append("<text x=\"")
                    .append(axis.share(axis.part().multipliedBy(i)))
                    .append("\" y=\"14\" text-anchor=\"")
                    .append(anchor)
                    .append("\">")
                    .append(labels.get(i))
                    .append("</text>");
        }
        return scale + "</svg><p><span>Start</span><span>Took</span><span>Result</span></p></div>\n";
    }

    private void addLane(String name, List<Work.Bar> bars, boolean open, StringBuilder html) {
        boolean failed = bars.stream().anyMatch(bar -> bar.ending() == Work.Ending.FAILED);
        html.append("<details class=\"bk-lane\"")
                .append(open || failed ? " open=\"\"" : "")
                .append("><summary><span class=\"bk-lane-name\">")
                .append(Html.text(name, LONGEST_NAME))
                .append("</span><svg class=\"bk-chart\" width=\"100%\" height=\"20\" aria-hidden=\"true\">");
        for (Work.Bar bar : bars) {
            html.append(HtmlBars.rect(axis.extent(bar.start(), bar.time()), bar.ending(), ""));
        }
        html.append("</svg><span class=\"bk-lane-counts\">")
                .append(counts(bars))
                .append("</span></summary>\n");
        html.append("<table class=\"bk-runs\"><thead><tr><th scope=\"col\">Step</th>"
                + "<th scope=\"col\">When</th><th scope=\"col\">Start</th>"
                + "<th scope=\"col\">Took</th><th scope=\"col\">Result</th></tr></thead>\n<tbody>\n");
        for (Work.Bar bar : bars) {
            addRun(bar, html);
        }
        html.append("</tbody></table></details>\n");
    }

    private static String counts(List<Work.Bar> bars) {
        int cached = 0;
        for (Work.Bar bar : bars) {
            cached += bar.ending() == Work.Ending.CACHED ? 1 : 0;
        }
        String all = bars.size() == 1 ? "1 run" : bars.size() + " runs";
        return all + (cached > 0 ? ", " + cached + " cached" : "");
    }

    private void addRun(Work.Bar bar, StringBuilder html) {
        String name = Html.escaped(PlainText.shortened(Lanes.brief(bar.name()), LONGEST_NAME));
        html.append("<tr><th scope=\"row\"><code>")
                .append(name)
                .append("</code></th><td aria-hidden=\"true\"><svg class=\"bk-chart\" width=\"100%\" height=\"16\">")
                .append(HtmlBars.rect(axis.extent(bar.start(), bar.time()), bar.ending(), name))
                .append("</svg></td><td>")
                .append(TextReport.time(bar.start()))
                .append("</td><td>")
                .append(bar.time().isZero() ? "" : TextReport.time(bar.time()))
                .append("</td><td>")
                .append(HtmlBars.word(bar.ending()))
                .append("</td></tr>\n");
    }
}
