package io.buildkitci.progress;

/**
 * Lets text, tabs and colours through and nothing else that a terminal obeys: what a build step writes must not move the
 * reader's cursor, set the window's title or fill the clipboard. A sequence may come in pieces.
 */
public final class ControlFilter {
    private static final int LONGEST_COLOUR = 32;

    private enum State {
        TEXT,
        ESCAPE,
        SEQUENCE,
        STRING
    }

    private State state = State.TEXT;
    private final StringBuilder parameters = new StringBuilder();

    ControlFilter() {}

    /** One line as text and tabs alone, without colours too. */
    public static String plain(String line) {
        ControlFilter filter = new ControlFilter();
        StringBuilder kept = new StringBuilder(line.length());
        line.chars().forEach(c -> filter.take((char) c, kept));
        return Colours.strip(kept.toString());
    }

    /** An unfinished sequence ends with its line, so that it cannot swallow what follows. */
    void newLine() {
        state = State.TEXT;
    }

    void take(char c, StringBuilder into) {
        switch (state) {
            case TEXT -> takeText(c, into);
            case ESCAPE -> state = afterEscape(c);
            case SEQUENCE -> takeSequence(c, into);
            case STRING -> takeString(c);
        }
    }

    private void takeText(char c, StringBuilder into) {
        switch (c) {
            case Colours.ESCAPE -> state = State.ESCAPE;
            case '\u009b' -> beginSequence();
            case '\u0090', '\u0098', '\u009d', '\u009e', '\u009f' -> state = State.STRING;
            default -> {
                if (c == '\t' || (c >= ' ' && c < '\u007f') || c > '\u009f') {
                    into.append(c);
                }
            }
        }
    }

    private State afterEscape(char c) {
        if (c == '[') {
            return beginSequence();
        }
        if ("]PX^_".indexOf(c) >= 0) {
            return State.STRING;
        }
        boolean goesOn = c == Colours.ESCAPE || (c >= ' ' && c <= '/');
        return goesOn ? State.ESCAPE : State.TEXT;
    }

    private State beginSequence() {
        parameters.setLength(0);
        state = State.SEQUENCE;
        return state;
    }

    private void takeSequence(char c, StringBuilder into) {
        if (c == Colours.ESCAPE) {
            state = State.ESCAPE;
        } else if (c >= ' ' && c <= '?') {
            parameters.append(parameters.length() < LONGEST_COLOUR ? String.valueOf(c) : "");
        } else {
            state = State.TEXT;
            if (c == 'm' && isColour()) {
                into.append(Colours.ESCAPE).append('[').append(parameters).append('m');
            }
        }
    }

    private boolean isColour() {
        return parameters.length() < LONGEST_COLOUR
                && parameters.chars().allMatch(p -> (p >= '0' && p <= '9') || p == ';' || p == ':');
    }

    private void takeString(char c) {
        if (c == '\u0007' || c == '\u009c') {
            state = State.TEXT;
        } else if (c == Colours.ESCAPE) {
            state = State.ESCAPE;
        }
    }
}
