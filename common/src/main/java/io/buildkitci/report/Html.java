package io.buildkitci.report;

import io.buildkitci.report.Fitting.Most;
import io.buildkitci.report.Fitting.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * HTML around text that others wrote: such text is shown as it is and does nothing. No element has a style or a script of
 * its own; what it looks like comes from a stylesheet by its class.
 */
final class Html {
    private static final int LONGEST_LINE = 2000;

    private Html() {}

    /** On one line, at most so many characters of it. */
    static String text(String foreign, int most) {
        return escaped(PlainText.oneLine(foreign, most));
    }

    /** In the look of code, or nothing where there is nothing to show. */
    static String code(String foreign, int most) {
        String line = text(foreign, most);
        return line.isEmpty() ? "" : "<code>" + line + "</code>";
    }

    /** Lines as they were printed; empty ones at the end are left out. Can be scrolled by keyboard. */
    static String lines(String label, List<String> lines) {
        StringBuilder block = new StringBuilder();
        int written = 0;
        for (String line : lines) {
            block.append(escaped(PlainText.line(line, LONGEST_LINE))).append('\n');
            written = line.isBlank() ? written : block.length();
        }
        block.setLength(written);
        return "<pre class=\"bk-lines\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(label) + "\">" + block
                + "</pre>\n";
    }

    static String paragraph(String html) {
        return "<p>" + html + "</p>";
    }

    /** A part of the page under a heading. */
    static String section(String heading, String html) {
        return "<section class=\"bk-section\">\n<h2>" + heading + "</h2>\n" + html + "</section>\n";
    }

    /** Names and what they stand for, of which those without are left out; nothing where none is left. */
    static String facts(List<Fact> facts) {
        StringBuilder list = new StringBuilder();
        for (Fact fact : facts) {
            if (!fact.html().isEmpty()) {
                list.append("<dt>").append(fact.name()).append("</dt><dd>").append(fact.html());
                list.append("</dd>\n");
            }
        }
        return list.length() == 0 ? "" : "<dl class=\"bk-facts\">\n" + list + "</dl>\n";
    }

    /** A name of ours, and HTML. */
    record Fact(String name, String html) {}

    /** The cells are HTML, the first of each row its heading; a column in which no row has anything is left out. */
    static String table(List<String> head, List<List<String>> rows) {
        List<Integer> shown = new ArrayList<>();
        for (int column = 0; column < head.size(); column++) {
            int its = column;
            if (rows.stream().anyMatch(row -> !row.get(its).isEmpty())) {
                shown.add(column);
            }
        }
        StringBuilder table = new StringBuilder("<table class=\"bk-table\">\n<thead><tr>");
        shown.forEach(column ->
                table.append("<th scope=\"col\">").append(head.get(column)).append("</th>"));
        table.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            table.append("<tr>");
            for (int column : shown) {
                String cell = column == shown.get(0) ? "th" : "td";
                table.append('<').append(cell).append(cell.equals("th") ? " scope=\"row\">" : ">");
                table.append(row.get(column)).append("</").append(cell).append('>');
            }
            table.append("</tr>\n");
        }
        return table + "</tbody>\n</table>\n";
    }

    /** A section of so many of the items as fit, and how many there are besides. */
    static <T> Part list(Listed what, List<T> items, Function<List<T>, String> block) {
        List<String> versions = new ArrayList<>();
        for (int most : new int[] {what.most().longest(), what.most().shortest()}) {
            if (!items.isEmpty() && (versions.isEmpty() || most < items.size())) {
                int shown = Math.min(most, items.size());
                String rest = shown == items.size()
                        ? ""
                        : paragraph(Fitting.notShown(items.size() - shown, what.name())) + "\n";
                versions.add(section(what.heading(), block.apply(items.subList(0, shown)) + rest));
            }
        }
        return new Part("the " + what.name(), what.importance(), versions);
    }

    /** What is listed: its heading, the items' name in a sentence, and as in {@link Part#list}. */
    record Listed(String heading, String name, int importance, Most most) {}

    /** A link to a page of the web, or the label alone where the address is none that can be trusted. */
    static String link(String label, Optional<String> url) {
        return WebAddress.trusted(url)
                .map(address ->
                        "<a href=\"" + escaped(address) + "\" rel=\"noopener noreferrer nofollow\">" + label + "</a>")
                .orElse(label);
    }

    /** Inside and between the tags, and in attributes. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
