package io.buildkitci.console;

import io.buildkitci.progress.Colours;

/** The control sequences of our own. */
final class Ink {
    static final String HIDE_CURSOR = "\u001b[?25l";
    static final String SHOW_CURSOR = "\u001b[?25h";
    /** Lines wider than the terminal are cut, not wrapped: wide characters cannot break the count of rows. */
    static final String NO_WRAP = "\u001b[?7l";

    static final String WRAP = "\u001b[?7h";
    private static final String RESET = "\u001b[0m";

    private final boolean colours;

    Ink(boolean colours) {
        this.colours = colours;
    }

    /** To the beginning of the line so many rows above, everything from there on erased. */
    static String up(int rows) {
        return "\r\u001b[" + rows + "A\u001b[J";
    }

    static String plain(String text) {
        return Colours.strip(text).replace('\t', ' ');
    }

    /** A step's output with its own colours, which end with the line. */
    String output(String text) {
        return colours && text.indexOf('\u001b') >= 0 ? text + RESET : Colours.strip(text);
    }

    String red(String text) {
        return painted("31", text);
    }

    String green(String text) {
        return painted("32", text);
    }

    String yellow(String text) {
        return painted("33", text);
    }

    String cyan(String text) {
        return painted("36", text);
    }

    String dim(String text) {
        return painted("2", text);
    }

    private String painted(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
