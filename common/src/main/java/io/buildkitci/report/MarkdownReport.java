package io.buildkitci.report;

import io.buildkitci.model.Driver;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Setting;
import io.buildkitci.report.Fitting.Most;
import io.buildkitci.report.Fitting.Part;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A report as GitHub-flavoured Markdown, for a page of the CI: a section of its own, complete without any file beside
 * it. Whatever the build's texts hold is shown and does nothing.
 */
public final class MarkdownReport {
    /**
     * What a step may write to {@code GITHUB_STEP_SUMMARY}, with some room for a line end that becomes two bytes and a
     * mask that is longer than its secret. The runner refuses a whole file of more than 1,048,576 bytes (actions/runner,
     * {@code CreateStepSummaryCommand.AttachmentSizeLimit}); it is the same one on GitHub Enterprise Server.
     */
    public static final int STEP_SUMMARY_LIMIT = 1000 * 1000;

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_SENTENCE = 1000;
    private static final int MOST_VALUE_LINES = 20;

    private MarkdownReport() {}

    /**
     * What the host adds to a report.
     *
     * @param name of what was built, for builds that made no image with a name; may be empty
     * @param inputs what the person asked for, in their words; secrets are masked before
     * @param limit so many bytes of UTF-8 the section takes at most
     */
    public record Section(String name, List<Setting> inputs, int limit) {
        public Section {
            inputs = List.copyOf(inputs);
        }

        /** For a step's summary. */
        public static Section of(String name, List<Setting> inputs) {
            return new Section(name, inputs, STEP_SUMMARY_LIMIT);
        }

        @Override
        public String toString() {
            return "Section[" + name + ", " + inputs.size() + " inputs]";
        }
    }

    /**
     * Lines with a line feed after each. What does not fit is shortened or left out, the least important first, and the
     * page says so; it is empty where not even its headline fits.
     */
    public static String render(BuildReport report, Section section) {
        List<Part> parts = new ArrayList<>();
        parts.add(Part.of("the headline", 0, headline(report, section)));
        report.result()
                .failure()
                .ifPresent(failure -> parts.addAll(MarkdownFailure.parts(
                        failure, !report.remarks().warnings().isEmpty())));
        parts.add(answer(report.remarks().answer()));
        report.image().ifPresent(image -> parts.addAll(MarkdownImage.parts(image)));
        parts.add(MarkdownImage.platforms(report));
        if (report.result() instanceof BuildReport.Cancelled) {
            parts.add(MarkdownWork.steps(report.work().steps()));
        } else {
            addDetails(report, section, parts);
        }
        return Fitting.within(section.limit(), parts);
    }

    private static void addDetails(BuildReport report, Section section, List<Part> parts) {
        BuildReport.Remarks remarks = report.remarks();
        Work work = report.work();
        parts.add(Part.list("warnings", 5, remarks.warnings(), new Most(100, 10), MarkdownReport::warnings));
        parts.add(Part.list("notes", 5, remarks.notes(), new Most(50, 5), MarkdownReport::notes));
        parts.add(MarkdownWork.steps(work.steps()));
        parts.add(MarkdownWork.times(work.times()));
        parts.add(MarkdownWork.slowest(work.steps()));
        parts.add(MarkdownWork.timeline(work));
        parts.add(Part.list("inputs", 9, section.inputs(), new Most(100, 20), MarkdownReport::inputs));
        parts.add(Part.of("the builder", 6, builder(report)));
    }

    private static String headline(BuildReport report, Section section) {
        List<ImageRef> tags = report.image().map(Image::tags).orElse(List.of());
        String name = tags.isEmpty() ? section.name() : tags.get(0).render();
        String shown = Markdown.code(name, LONGEST_NAME);
        String time = TextReport.time(report.work().times().total());
        return "## " + symbol(report) + " " + Phrases.result(report) + (shown.isEmpty() ? "" : " " + shown) + " in "
                + time + "\n";
    }

    private static String symbol(BuildReport report) {
        if (report.result() instanceof BuildReport.Built) {
            return "✅";
        }
        return report.result() instanceof BuildReport.Cancelled ? "🚫" : "❌";
    }

    private static Part answer(List<String> answer) {
        return answer.size() == 1
                ? Part.of("the answer", 2, Markdown.text(answer.get(0), LONGEST_SENTENCE) + "\n")
                : Part.list("lines of the answer", 2, answer, new Most(500, 50), MarkdownReport::verbatim);
    }

    private static String verbatim(List<String> lines) {
        return Markdown.fence("text", lines);
    }

    private static String warnings(List<BuildReport.CheckWarning> warnings) {
        List<List<String>> rows = new ArrayList<>();
        for (BuildReport.CheckWarning warning : warnings) {
            String place = Markdown.code(warning.place(), LONGEST_NAME);
            rows.add(List.of(place, check(warning), Markdown.text(warning.message(), LONGEST_SENTENCE)));
        }
        return "### Warnings\n\n" + Markdown.table(List.of("Where", "Check", "What"), rows);
    }

    private static String check(BuildReport.CheckWarning warning) {
        String rule = Markdown.code(warning.rule(), LONGEST_NAME);
        return Markdown.link(rule.isEmpty() ? "documentation" : rule, warning.url());
    }

    private static String notes(List<String> notes) {
        StringBuilder list = new StringBuilder("### Notes\n\n");
        for (String note : notes) {
            list.append("- ").append(Markdown.text(note, LONGEST_SENTENCE)).append('\n');
        }
        return list.toString();
    }

    private static String inputs(List<Setting> inputs) {
        List<List<String>> rows = new ArrayList<>();
        for (Setting input : inputs) {
            rows.add(List.of(Markdown.code(input.name(), LONGEST_NAME), value(input.value())));
        }
        return Markdown.collapsed("Inputs", Markdown.table(List.of("Input", "Value"), rows));
    }

    /** Its lines below each other; a cell has one line only. */
    private static String value(String value) {
        List<String> shown = new ArrayList<>();
        Iterator<String> lines = value.lines().iterator();
        while (lines.hasNext() && shown.size() < MOST_VALUE_LINES) {
            String line = Markdown.code(lines.next(), LONGEST_NAME);
            if (!line.isEmpty()) {
                shown.add(line);
            }
        }
        return String.join("<br>", shown) + (lines.hasNext() ? "<br>…" : "");
    }

    private static String builder(BuildReport report) {
        String name = Markdown.code(report.builder().name(), LONGEST_NAME);
        String driver = report.builder().driver().map(Driver::render).orElse("");
        String attempts = report.attempts() > 1 ? "The build was run " + report.attempts() + " times." : "";
        String on = name.isEmpty() ? "" : "Builder " + name + (driver.isEmpty() ? "" : ", driver " + driver) + ".";
        String text = (attempts + " " + on).strip();
        return text.isEmpty() ? "" : text + "\n";
    }
}
