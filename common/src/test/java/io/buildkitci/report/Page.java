package io.buildkitci.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A page of Markdown as a reader gets it: parsed, with the extensions that GitHub has. */
final class Page {
    private static final Parser PARSER = Parser.builder()
            .extensions(List.of(TablesExtension.create(), AutolinkExtension.create()))
            .build();

    private final List<Node> nodes = new ArrayList<>();

    private Page(String markdown) {
        walk(PARSER.parse(markdown));
    }

    static Page of(String markdown) {
        return new Page(markdown);
    }

    private void walk(Node node) {
        nodes.add(node);
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            walk(child);
        }
    }

    private <N extends Node> List<N> all(Class<N> type) {
        return nodes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<String> headings() {
        return all(Heading.class).stream().map(Page::text).toList();
    }

    List<String> paragraphs() {
        return all(Paragraph.class).stream()
                .filter(paragraph -> !(paragraph.getParent() instanceof ListItem))
                .map(Page::text)
                .toList();
    }

    List<String> items() {
        return all(ListItem.class).stream().map(Page::text).toList();
    }

    /** Rows of the table whose head begins with these words; the head is not among them. */
    List<List<String>> table(String... head) {
        return all(TableBlock.class).stream()
                .map(Page::rows)
                .filter(rows -> rows.get(0).equals(List.of(head)))
                .findFirst()
                .map(rows -> rows.subList(1, rows.size()))
                .orElseThrow(() -> new AssertionError("no such table; there are "
                        + all(TableBlock.class).stream().map(Page::rows).toList()));
    }

    private static List<List<String>> rows(TableBlock table) {
        return new Collected<>(table, TableRow.class)
                .found.stream()
                        .map(row -> new Collected<>(row, TableCell.class)
                                .found.stream().map(Page::text).toList())
                        .toList();
    }

    /** Text of the fenced blocks of a language. */
    List<String> code(String language) {
        return all(FencedCodeBlock.class).stream()
                .filter(block -> block.getInfo().equals(language))
                .map(FencedCodeBlock::getLiteral)
                .toList();
    }

    /** Text by address. */
    Map<String, String> links() {
        Map<String, String> links = new LinkedHashMap<>();
        all(Link.class).forEach(link -> links.put(link.getDestination(), text(link)));
        return links;
    }

    /** What stands on the collapsed parts. */
    List<String> summaries() {
        return all(HtmlBlock.class).stream()
                .map(HtmlBlock::getLiteral)
                .filter(html -> html.startsWith("<details>"))
                .map(html -> html.replaceAll("<[^>]*>", ""))
                .toList();
    }

    /** How many of each element there are; text and code are what all the others are about. */
    Map<String, Integer> elements() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Node node : nodes) {
            if (!(node instanceof Text) && !(node instanceof Code)) {
                counts.merge(node.getClass().getSimpleName(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** All HTML that is in it. */
    List<String> html() {
        List<String> html = new ArrayList<>();
        all(HtmlBlock.class).forEach(block -> html.add(block.getLiteral()));
        all(HtmlInline.class).forEach(inline -> html.add(inline.getLiteral()));
        return html;
    }

    static String text(Node node) {
        StringBuilder text = new StringBuilder();
        for (Node each : new Collected<>(node, Node.class).found) {
            if (each instanceof Text plain) {
                text.append(plain.getLiteral());
            } else if (each instanceof Code code) {
                text.append(code.getLiteral());
            } else if (each instanceof HtmlInline html) {
                text.append(html.getLiteral().equals("<br>") ? "\n" : html.getLiteral());
            }
        }
        return text.toString();
    }

    /** The nodes of a type below another. */
    private static final class Collected<N extends Node> {
        private final List<N> found = new ArrayList<>();

        Collected(Node root, Class<N> type) {
            for (Node child = root.getFirstChild(); child != null; child = child.getNext()) {
                if (type.isInstance(child)) {
                    found.add(type.cast(child));
                }
                found.addAll(new Collected<>(child, type).found);
            }
        }
    }
}
