package io.buildkitci.report;

import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Setting;
import io.buildkitci.report.MarkdownReport.Section;
import java.util.ArrayList;
import java.util.List;

/** A report of several targets for the page of a run: a table of all, then each, those that failed unfolded. */
public final class BakeMarkdown {
    private static final int LONGEST = 300;

    /** What the headline and the table may take. */
    private static final int FOR_THE_TABLE = 100_000;

    private BakeMarkdown() {}

    /**
     * Lines with a line feed after each.
     *
     * @param inputs what the person asked for; secrets are masked before
     * @param limit so many bytes of UTF-8 it takes at most
     */
    public static String render(BakeReport report, List<Setting> inputs, int limit) {
        StringBuilder text = new StringBuilder("## " + (report.failure().isEmpty() ? "✅" : "❌") + " "
                + Markdown.text(report.headline(), LONGEST) + " in " + TextReport.time(report.took()) + "\n\n");
        text.append(Markdown.table(List.of("Target", "Result", "Image", "Digest", "Steps", "Time"), rows(report)))
                .append('\n');
        int each = Math.max(0, limit - FOR_THE_TABLE)
                / Math.max(1, report.targets().size());
        boolean first = true;
        for (BakeReport.Target target : report.targets()) {
            List<Setting> once = first ? inputs : List.of();
            String section = MarkdownReport.render(target.report(), new Section(target.name(), once, each));
            boolean unfolded = target.report().result() instanceof BuildReport.Failed;
            text.append(unfolded ? section : Markdown.collapsed(Markdown.text(target.name(), LONGEST), section))
                    .append('\n');
            first = false;
        }
        return text.toString();
    }

    private static List<List<String>> rows(BakeReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (BakeReport.Target target : report.targets()) {
            BuildReport its = target.report();
            Work.Steps steps = its.work().steps();
            rows.add(List.of(
                    Markdown.text(target.name(), LONGEST),
                    its.result().word(),
                    its.image()
                            .flatMap(image -> image.tags().stream().findFirst())
                            .map(ImageRef::render)
                            .map(tag -> Markdown.code(tag, LONGEST))
                            .orElse(""),
                    its.image()
                            .flatMap(Image::digest)
                            .map(digest -> Markdown.code(digest, LONGEST))
                            .orElse(""),
                    steps.total() == 0 ? "" : steps.cached() + " of " + steps.total() + " cached",
                    TextReport.time(its.work().times().total())));
        }
        return rows;
    }
}
