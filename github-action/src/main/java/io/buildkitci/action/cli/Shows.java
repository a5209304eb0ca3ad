package io.buildkitci.action.cli;

import io.buildkitci.action.host.Host;
import io.buildkitci.action.host.Terminal;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.console.LiveProgress;
import io.buildkitci.console.PlainProgress;
import io.buildkitci.console.ProgressView;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.FailureText;
import io.buildkitci.report.HtmlReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Objects;

/** How steps show what they do: progress and failures on the terminal, and reports in files. */
final class Shows {
    private Shows() {}

    /** @param what a sentence without its full stop: what did not come about */
    static String failure(String what, BuilderFailure failure, Host host) {
        BuildFailure told = failure.told(new CommandLineWords());
        return new FailureText(host.terminal().glyphs()).render(what, told);
    }

    /** A report that cannot be written fails no build. */
    static void write(String flag, Path file, String text, Host host) {
        try {
            host.tools().files().replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            String why = e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
            host.err().println("--" + flag + ": '" + file + "' was not written: " + why);
        }
    }

    static ProgressView progress(Host host, Redactor redactor) {
        Terminal terminal = host.terminal();
        return terminal.live()
                ? new LiveProgress(host.err(), host.tools().clock(), redactor, terminal::size, terminal.colour())
                : new PlainProgress(host.err(), host.tools().clock(), redactor, terminal.colour());
    }

    /** Of pages that reports are written to. */
    static String stylesheet() {
        try (InputStream stylesheet = HtmlReport.class.getResourceAsStream(HtmlReport.STYLESHEET)) {
            byte[] text =
                    Objects.requireNonNull(stylesheet, HtmlReport.STYLESHEET).readAllBytes();
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a file of this program cannot be read", e);
        }
    }
}
