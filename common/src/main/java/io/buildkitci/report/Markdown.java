package io.buildkitci.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * GitHub-flavoured Markdown around text that others wrote. Such text is shown as it is and does nothing: no markup, no
 * HTML, and no word that GitHub makes a link, a mention, an emoji or a formula of.
 *
 * <p>Facts are of the GFM specification (cmark-gfm): inside a table a pipe is escaped before anything else is read, in
 * code too; an address is found in text whatever is escaped in it, but not in code.
 */
final class Markdown {
    private static final String ALWAYS_ESCAPED = "\\`*_[]<>&~";

    private static final int LONGEST_LINE = 2000;

    private Markdown() {}

    /** A sentence; words that GitHub would make something of become code. At most so many characters of it. */
    static String text(String foreign, int most) {
        List<String> words = new ArrayList<>();
        for (String word : PlainText.oneLine(foreign, most).split(" ", -1)) {
            words.add(meansSomething(word) ? span(word) : escaped(word, words.isEmpty()));
        }
        return String.join(" ", words);
    }

    /** A code span, or nothing where there is nothing to show. */
    static String code(String foreign, int most) {
        String line = PlainText.oneLine(foreign, most);
        return line.isEmpty() ? "" : span(line);
    }

    static String bold(String markdown) {
        return "**" + markdown + "**";
    }

    /** Lines between fences that none of them can close; empty ones at the end are left out. */
    static String fence(String language, List<String> lines) {
        StringBuilder block = new StringBuilder();
        int longest = 2;
        int written = 0;
        for (String line : lines) {
            String shown = PlainText.line(line, LONGEST_LINE);
            longest = Math.max(longest, longestRun(shown));
            block.append(shown).append('\n');
            written = shown.isEmpty() ? written : block.length();
        }
        block.setLength(written);
        String fence = "`".repeat(longest + 1);
        return fence + language + "\n" + block + fence + "\n";
    }

    /** The cells are Markdown; a column in which no row has anything is left out. */
    static String table(List<String> head, List<List<String>> rows) {
        boolean[] shown = new boolean[head.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < shown.length; i++) {
                shown[i] |= !row.get(i).isEmpty();
            }
        }
        StringBuilder table = new StringBuilder();
        addRow(head, shown, table);
        addRow(Collections.nCopies(shown.length, "---"), shown, table);
        for (List<String> row : rows) {
            addRow(row, shown, table);
        }
        return table.toString();
    }

    /** A link to a page of the web, or the label alone where the address is none that can be trusted to be only that. */
    static String link(String label, Optional<String> url) {
        return WebAddress.trusted(url)
                .map(address -> "[" + label + "](<" + address.replace("&", "&amp;") + ">)")
                .orElse(label);
    }

    /** What a click opens; the summary is HTML, so that it may hold only our own words. */
    static String collapsed(String summary, String markdown) {
        return "<details><summary>" + summary + "</summary>\n\n" + markdown + "\n</details>\n";
    }

    private static void addRow(List<String> cells, boolean[] shown, StringBuilder table) {
        table.append('|');
        for (int i = 0; i < shown.length; i++) {
            if (shown[i]) {
                table.append(' ').append(cells.get(i).replace("|", "\\|")).append(" |");
            }
        }
        table.append('\n');
    }

    private static String span(String line) {
        String ticks = "`".repeat(longestRun(line) + 1);
        String gap = line.startsWith("`") || line.endsWith("`") ? " " : "";
        return ticks + gap + line + gap + ticks;
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** A mention, an address, a reference to an issue, an emoji by its name, a formula. */
    private static boolean meansSomething(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.contains("://")
                || lower.contains("www.")
                || lower.contains("@")
                || isReference(lower)
                || lower.contains("gh-")
                || lower.contains("$")
                || lower.indexOf(':') != lower.lastIndexOf(':');
    }

    private static boolean isReference(String word) {
        int hash = word.indexOf('#');
        while (hash >= 0 && (hash + 1 == word.length() || !Character.isDigit(word.charAt(hash + 1)))) {
            hash = word.indexOf('#', hash + 1);
        }
        return hash >= 0;
    }

    /** The first word of a line could also begin a list, a heading or a rule. */
    private static String escaped(String word, boolean first) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (ALWAYS_ESCAPED.indexOf(c) >= 0 || (first && "#+-=.):!".indexOf(c) >= 0)) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }
}
