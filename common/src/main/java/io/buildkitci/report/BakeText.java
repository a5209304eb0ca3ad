package io.buildkitci.report;

/** A report of several targets as the command line prints it: a headline, then each target. */
public final class BakeText {
    private final Glyphs glyphs;

    public BakeText(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** Lines with a line feed after each. */
    public String render(BakeReport report) {
        StringBuilder text = new StringBuilder();
        report.answer().forEach(line -> text.append(glyphs.plain(line)).append('\n'));
        String glyph = report.failure().isEmpty() ? glyphs.good() : glyphs.bad();
        text.append(glyph)
                .append(' ')
                .append(glyphs.plain(report.headline()))
                .append(" in ")
                .append(TextReport.time(report.took()))
                .append('\n');
        for (BakeReport.Target target : report.targets()) {
            text.append('\n')
                    .append("target ")
                    .append(glyphs.plain(target.name()))
                    .append('\n');
            text.append(new TextReport(glyphs).render(target.report()));
        }
        boolean untold =
                report.targets().stream().noneMatch(target -> target.report().result() instanceof BuildReport.Failed);
        if (untold && report.failure().isPresent()) {
            text.append('\n')
                    .append(new FailureText(glyphs).render(report.failure().get()));
        }
        report.notes()
                .forEach(
                        note -> text.append("note: ").append(glyphs.plain(note)).append('\n'));
        return text.toString();
    }
}
