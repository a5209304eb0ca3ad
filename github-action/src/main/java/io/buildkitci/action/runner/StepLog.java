package io.buildkitci.action.runner;

import io.buildkitci.process.Redactor;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The log of a step, in which only this program gives commands to the runner.
 *
 * <p>Whatever is not a command is printed while the runner does not look for commands ({@code ::stop-commands::} with a
 * token that nobody can know beforehand), so that no step of a build, tag or path can set an output, add a mask or raise
 * an error by what it prints. Safe for use by several threads.
 */
public final class StepLog implements AutoCloseable {
    private final PrintStream out;
    private final String token;
    private final List<String> hidden = new ArrayList<>();
    private Redactor redactor = Redactor.NONE;
    private int fences;
    private boolean fenced;

    /** @param token at least 128 random bits, letters and digits */
    public StepLog(PrintStream out, String token) {
        this.out = out;
        this.token = token;
    }

    /** An annotation's kind. */
    public enum Level {
        NOTICE,
        WARNING,
        ERROR
    }

    /**
     * Where an annotation points at.
     *
     * @param file relative to the repository; empty for none
     * @param line from 1; 0 for none
     */
    public record Spot(String file, int line) {
        public static final Spot NONE = new Spot("", 0);
    }

    /** For text of any origin, until the next command; the runner reads no commands from it. Nothing is hidden in it. */
    public synchronized PrintStream text() {
        if (!fenced) {
            fences++;
            out.println(WorkflowCommand.of("stop-commands", stopToken()).render());
            fenced = true;
        }
        return out;
    }

    public synchronized void line(String text) {
        text().println(redactor.redact(text));
    }

    /** Lines under a title that people unfold. */
    public synchronized void group(String title, List<String> lines) {
        command(WorkflowCommand.of("group", redactor.redact(title)));
        lines.forEach(this::line);
        command(WorkflowCommand.of("endgroup", ""));
    }

    /**
     * From here on these texts are hidden in lines and annotations. Unlike {@link #mask}, it is no affair of the runner,
     * which would hide the same letters in all that the job's other steps say and hand on.
     */
    public synchronized void hide(Collection<String> texts) {
        hidden.addAll(texts);
        redactor = Redactor.of(hidden);
    }

    /** From here on the text and each of its lines are shown as {@code ***} by the runner, and hidden here. */
    public synchronized void mask(String secret) {
        hide(List.of(secret));
        command(WorkflowCommand.of("add-mask", secret));
        List<String> lines =
                secret.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
        if (lines.size() > 1) {
            lines.forEach(line -> command(WorkflowCommand.of("add-mask", line)));
        }
    }

    /** Shown in the log and, with its title, in the overview of the run. */
    public synchronized void annotate(Level level, String title, Spot spot, String message) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("title", redactor.redact(title));
        properties.put("file", spot.file());
        properties.put("line", spot.line() > 0 && !spot.file().isEmpty() ? Integer.toString(spot.line()) : "");
        command(new WorkflowCommand(level.name().toLowerCase(Locale.ROOT), properties, redactor.redact(message)));
    }

    public synchronized void warn(String message) {
        annotate(Level.WARNING, "", Spot.NONE, message);
    }

    /** Seen where the job runs with debug logging only. */
    public synchronized void debug(String message) {
        command(WorkflowCommand.of("debug", redactor.redact(message)));
    }

    private void command(WorkflowCommand command) {
        close();
        out.println(command.render());
    }

    /** Lets the runner read commands again; the log can still be written to. */
    @Override
    public synchronized void close() {
        if (fenced) {
            out.println(WorkflowCommand.of(stopToken(), "").render());
            fenced = false;
        }
        out.flush();
    }

    /** Another one each time: a token that was printed is no secret any more. */
    private String stopToken() {
        return token + fences;
    }
}
