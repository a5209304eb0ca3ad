package io.buildkitci.report;

import io.buildkitci.progress.ControlFilter;
import java.util.Iterator;

/** Foreign text without what a reader cannot see: control sequences, reordering of the line, halves of characters. */
final class PlainText {
    private static final int REPLACEMENT = 0xfffd;
    private static final int LONGEST_READ = 50_000;

    private PlainText() {}

    /** One line of output as it was indented; at most so many characters, the ellipsis for the rest included. */
    static String line(String foreign, int most) {
        return shortened(visible(ControlFilter.plain(beginning(foreign))).stripTrailing(), most);
    }

    /** All lines as one, with single blanks between the words; at most so many characters. */
    static String oneLine(String foreign, int most) {
        StringBuilder joined = new StringBuilder();
        Iterator<String> lines = beginning(foreign).lines().iterator();
        while (lines.hasNext() && joined.length() <= 2 * most) {
            addWords(visible(ControlFilter.plain(lines.next())), joined);
        }
        return shortened(joined.toString(), most);
    }

    /** Enough of a text of megabytes to find in it what is shown. */
    private static String beginning(String foreign) {
        return foreign.length() <= LONGEST_READ ? foreign : foreign.substring(0, LONGEST_READ) + "…";
    }

    private static void addWords(String line, StringBuilder into) {
        boolean gap = into.length() > 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                gap = into.length() > 0;
            } else {
                into.append(gap ? " " : "").append(c);
                gap = false;
            }
        }
    }

    /** Marks that turn the direction of writing could make a line look like another one. */
    private static String visible(String line) {
        StringBuilder kept = new StringBuilder(line.length());
        line.codePoints().forEach(c -> {
            boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            boolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
            if (!turns) {
                kept.appendCodePoint(half ? REPLACEMENT : c);
            }
        });
        return kept.toString();
    }

    static String shortened(String text, int most) {
        if (text.length() <= most || text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.max(0, most - 1))) + "…";
    }
}
