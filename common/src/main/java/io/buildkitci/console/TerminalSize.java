package io.buildkitci.console;

/** How many characters fit on a terminal. */
public record TerminalSize(int columns, int rows) {
    /** What is assumed where it is not known. */
    public static final TerminalSize USUAL = new TerminalSize(80, 24);
}
