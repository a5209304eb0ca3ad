package io.buildkitci.report;

import io.buildkitci.progress.ControlFilter;

/** Foreign text without what a reader cannot see: control sequences, reordering of the line, halves of characters. */
final class PlainText {
    private static final int REPLACEMENT = 0xfffd;
    /** From the first printable character after the controls of Latin-1 to the last before the marks. */
    private static final char LATIN = '\u00a0';

    private static final char LAST_PLAIN = '\u2000';
    private static final int LONGEST_READ = 50_000;

    private PlainText() {}

    /** One line of output as it was indented; at most so many characters, the ellipsis for the rest included. */
    static String line(String foreign, int most) {
        return shortened(visible(beginning(foreign)).stripTrailing(), most);
    }

    /** All lines as one, with single blanks between the words; at most so many characters. */
    static String oneLine(String foreign, int most) {
        String text = beginning(foreign);
        StringBuilder joined = new StringBuilder();
        if (isPlain(text)) {
            addWords(text, joined);
        } else {
            text.lines().forEach(line -> addWords(visible(line), joined));
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

    private static String visible(String line) {
        return isPlain(line) ? line : withoutMarks(ControlFilter.plain(line));
    }

    /** Most lines are, and a short-lived process would feel it if each were filtered. */
    private static boolean isPlain(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c < ' ' || (c > '~' && c < LATIN) || c > LAST_PLAIN) {
                return false;
            }
        }
        return true;
    }

    /** Marks that turn the direction of writing could make a line look like another one. */
    private static String withoutMarks(String line) {
        StringBuilder kept = new StringBuilder(line.length());
        int i = 0;
        while (i < line.length()) {
            int c = line.codePointAt(i);
            boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            boolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
            if (!turns) {
                kept.appendCodePoint(half ? REPLACEMENT : c);
            }
            i += Character.charCount(c);
        }
        return kept.toString();
    }

    static String shortened(String text, int most) {
        if (text.length() <= most || text.codePointCount(0, text.length()) <= most) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, Math.max(0, most - 1))) + "…";
    }
}
