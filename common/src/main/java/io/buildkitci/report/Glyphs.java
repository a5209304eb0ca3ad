package io.buildkitci.report;

import io.buildkitci.progress.ControlFilter;

/** The few characters of a text report that not every terminal shows. */
public enum Glyphs {
    UNICODE("✓", "✗", "→"),
    ASCII("OK", "FAILED", "->");

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
        String text = ControlFilter.plain(line);
        return this == UNICODE ? text : text.replace("…", "...").replaceAll("[^\\x00-\\x7f]", "?");
    }
}
