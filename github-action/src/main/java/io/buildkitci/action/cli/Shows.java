package io.buildkitci.action.cli;

import io.buildkitci.action.host.Host;
import io.buildkitci.action.host.Terminal;
import io.buildkitci.console.LiveProgress;
import io.buildkitci.console.PlainProgress;
import io.buildkitci.console.ProgressView;
import io.buildkitci.process.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** How steps that build show it: the progress on the terminal, and reports in files. */
final class Shows {
    private Shows() {}

    /** A report that cannot be written fails no build. */
    static void write(String flag, Path file, String text, Host host) {
        try {
            host.tools().files().write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            host.err().println("--" + flag + ": '" + file + "' was not written: " + e.getMessage());
        }
    }

    static ProgressView progress(Host host, Redactor redactor) {
        Terminal terminal = host.terminal();
        return terminal.live()
                ? new LiveProgress(host.err(), host.tools().clock(), redactor, terminal::size, terminal.colour())
                : new PlainProgress(host.err(), host.tools().clock(), redactor, terminal.colour());
    }
}
