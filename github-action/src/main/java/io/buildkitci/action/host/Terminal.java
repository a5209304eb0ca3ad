package io.buildkitci.action.host;

import io.buildkitci.console.TerminalSize;
import io.buildkitci.report.Glyphs;
import java.util.Locale;
import java.util.Map;

/**
 * What a person sees the output on.
 *
 * @param live whether lines can be redrawn
 * @param colour whether colours are wanted
 * @param unicode whether other characters than ASCII come out right
 * @param size how much fits on it
 */
public record Terminal(boolean live, boolean colour, boolean unicode, TerminalSize size) {
    /** A log file. */
    public static final Terminal LOG = new Terminal(false, false, true, TerminalSize.USUAL);

    /**
     * @param connected whether standard error is a terminal
     * @param charset of the process's output
     */
    public static Terminal of(Map<String, String> environment, boolean connected, String charset, TerminalSize size) {
        String said = environment.getOrDefault("CI", "");
        boolean ci = !said.isEmpty() && !said.equals("false") && !said.equals("0");
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean live = connected && !ci && !dumb;
        boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean unicode = charset.toUpperCase(Locale.ROOT).startsWith("UTF");
        return new Terminal(live, colour, unicode, size);
    }

    public Glyphs glyphs() {
        return unicode ? Glyphs.UNICODE : Glyphs.ASCII;
    }
}
