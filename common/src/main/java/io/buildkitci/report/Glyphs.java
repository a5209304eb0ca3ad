package io.buildkitci.report;

import java.util.regex.Pattern;

/** The few characters of a text report that not every terminal shows. */
public enum Glyphs {
    UNICODE("✓", "✗", "→"),
    ASCII("OK", "FAILED", "->");

    private static final Pattern TERMINAL_SEQUENCE =
            Pattern.compile("\u001b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001b]*\u0007?|.?)");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

    private final String good;
    private final String bad;
    private final String arrow;

    Glyphs(String good, String bad, String arrow) {
        this.good = good;
        this.bad = bad;
        this.arrow = arrow;
    }

    String good() {
        return good;
    }

    String bad() {
        return bad;
    }

    String arrow() {
        return arrow;
    }

    /** One line of foreign text without what would move the cursor, colour the rest or not be shown. */
    String plain(String line) {
        String text =
                CONTROL.matcher(TERMINAL_SEQUENCE.matcher(line).replaceAll("")).replaceAll("");
        return this == UNICODE ? text : text.replace("…", "...").replaceAll("[^\\x00-\\x7f]", "?");
    }
}
