package io.buildkitci.console;

import io.buildkitci.process.Redactor;
import io.buildkitci.progress.Log;
import io.buildkitci.progress.OutputLines;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.progress.Status;
import io.buildkitci.progress.StepState;
import io.buildkitci.progress.Vertex;
import io.buildkitci.progress.Warning;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns progress into what is worth telling people: a step said a line, a step ended, a check warns. Masks, joins output
 * to lines, and tells each end once although BuildKit completes many a vertex several times.
 *
 * <p>A base image, an export or something internal counts as ended when a step that builds on it moves or when nothing
 * was heard of it for half a second, for BuildKit starts these again for their pull or push. Other steps end at once.
 */
final class StepFeed {
    private static final Duration SETTLED = Duration.ofMillis(500);
    /** What follows is the reference with the digest: worth a line. */
    private static final String PUSHED = "pushing manifest for ";

    private static final int DEEPEST = 500;
    private static final int MOST_WARNINGS = 1000;

    /** Is told, in an order that makes sense to people. */
    interface Listener {
        void said(ShownStep step, String line);

        void ended(ShownStep step, StepState how);

        void warned(Warning warning);

        void noted(String text);
    }

    private final Redactor redactor;
    private final InstantSource clock;
    private final Listener listener;
    private final OutputLines output;
    private final Map<String, ShownStep> steps = new HashMap<>();
    private final Map<String, ShownStep> running = new LinkedHashMap<>();
    private final Map<String, ShownStep> endings = new LinkedHashMap<>();
    private final Set<String> needed = new LinkedHashSet<>();
    private final Set<Warning> warnings = new LinkedHashSet<>();

    StepFeed(Redactor redactor, InstantSource clock, Listener listener) {
        this.redactor = redactor;
        this.clock = clock;
        this.listener = listener;
        this.output = new OutputLines(redactor);
    }

    void accept(ProgressLine line) {
        if (line instanceof ProgressLine.Text text && !isNoise(text.text())) {
            settle(Duration.ZERO);
            listener.noted(redactor.redact(text.text()));
        }
        if (line instanceof ProgressLine.Update update) {
            accept(update);
            settle(SETTLED);
        }
    }

    private void accept(ProgressLine.Update update) {
        for (Vertex vertex : update.vertices()) {
            moved(vertex);
        }
        for (Status status : update.statuses()) {
            does(status);
        }
        for (Log log : update.logs()) {
            wrote(log);
        }
        for (Warning warning : update.warnings()) {
            warns(warning);
        }
    }

    /** Tells the ends that have settled by now. */
    void tick() {
        settle(SETTLED);
    }

    /** Tells everything that is left. */
    void close() {
        settle(Duration.ZERO);
        for (ShownStep step : List.copyOf(steps.values())) {
            flush(step);
        }
    }

    /** Steps that run just now, in the order in which they began. */
    List<ShownStep> running() {
        return List.copyOf(running.values());
    }

    /** The state of a step's progress bar, or empty. */
    String overwritten(ShownStep step) {
        return output.overwritten(step.digest());
    }

    /** What a step does just now, in words; empty when it does not say. */
    String doing(ShownStep step) {
        return step.doing().map(this::described).orElse("");
    }

    private String described(Status status) {
        String text = Title.of(redactor.redact(status.id()));
        return status.total() > 0 ? text + " " + 100 * status.current() / status.total() + "%" : text;
    }

    private void moved(Vertex vertex) {
        Instant now = clock.instant();
        ShownStep step = steps.computeIfAbsent(vertex.digest(), d -> new ShownStep(d, now));
        step.replace(vertex, redactor::redact, now);
        endings.remove(vertex.digest());
        if (step.running()) {
            running.putIfAbsent(vertex.digest(), step);
            needed.addAll(vertex.inputs());
            return;
        }
        running.remove(vertex.digest());
        if (step.state() != StepState.WAITING) {
            endings.put(vertex.digest(), step);
        }
    }

    private void does(Status status) {
        ShownStep step = steps.get(status.vertex());
        if (step == null) {
            return;
        }
        step.doing(status);
        if (status.completed().isPresent() && status.id().startsWith(PUSHED)) {
            listener.said(step, Title.printable(redactor.redact(status.id())));
        }
    }

    private void wrote(Log log) {
        ShownStep step = steps.computeIfAbsent(log.vertex(), d -> new ShownStep(d, clock.instant()));
        step.wrote(log);
        for (String line : output.accept(log)) {
            listener.said(step, line);
        }
    }

    private void warns(Warning warning) {
        Warning shown = new Warning(
                redactor.redact(warning.text()),
                List.of(),
                warning.url(),
                warning.file(),
                warning.line(),
                warning.lastLine());
        if (warnings.size() < MOST_WARNINGS && warnings.add(shown)) {
            listener.warned(shown);
        }
    }

    private void settle(Duration quiet) {
        Instant due = clock.instant().minus(quiet);
        for (String digest : needed) {
            end(digest, 0);
        }
        needed.clear();
        for (ShownStep step : List.copyOf(endings.values())) {
            boolean atOnce = step.kind().written() || step.state() == StepState.FAILED;
            if (atOnce || !step.changed().isAfter(due)) {
                end(step.digest(), 0);
            }
        }
    }

    /** Tells that a step ended if that is still to be told, after the steps that it builds on. */
    private void end(String digest, int depth) {
        ShownStep step = endings.remove(digest);
        if (step == null) {
            return;
        }
        if (depth < DEEPEST) {
            for (String input : step.inputs()) {
                end(input, depth + 1);
            }
        }
        flush(step);
        StepState how = step.state();
        if (!step.told().equals(Optional.of(how))) {
            step.tell(how);
            listener.ended(step, how);
        }
    }

    private void flush(ShownStep step) {
        for (String line : output.end(step.digest())) {
            listener.said(step, line);
        }
    }

    /**
     * BuildKit's retries while it writes a {@code type=local} cache: they look like errors, come by the dozen and mean
     * nothing, for what fails in the end is told by its vertex and the exit status.
     */
    private static boolean isNoise(String text) {
        return text.startsWith("ERROR: (*service).Write failed: ")
                && text.contains(" locked for ")
                && text.endsWith(": unavailable");
    }
}
