package io.buildkitci.console;

import io.buildkitci.process.Redactor;
import io.buildkitci.progress.Colours;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.progress.StepKind;
import io.buildkitci.progress.StepState;
import io.buildkitci.progress.Warning;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Progress for a log that is read later or over a network: a line for each step that ended, what it wrote indented under
 * it.
 *
 * <p>Steps run side by side, but their output never mixes. A step's lines are held back until it ends. When it runs
 * longer, one step at a time has the floor: two seconds after its first line a heading is printed and its output follows
 * as it comes. What others write meanwhile is printed as a block of its own when they end, and at the latest after ten
 * seconds or 64 KiB. So no line waits longer than ten seconds, none is lost, and a block is never without a heading.
 *
 * <p>Output stands behind {@code "    | "}: nothing that a step writes can pass for a command to the CI system, which
 * would only be looked for at the start of a line.
 */
public final class PlainProgress implements ProgressView {
    static final Duration TAKES_THE_FLOOR = Duration.ofSeconds(2);
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final Duration HEARTBEAT = Duration.ofSeconds(30);
    private static final int WIDTH = 160;
    /** Before every line that a step writes; no other line begins so. */
    public static final String GUTTER = "    | ";

    private final PrintStream out;
    private final InstantSource clock;
    private final boolean colours;
    private final StepFeed feed;
    private final Shown shown;
    private final Map<ShownStep, Talk> talks = new LinkedHashMap<>();
    private Optional<ShownStep> floor = Optional.empty();
    private Optional<ShownStep> block = Optional.empty();
    private boolean closed;

    /** @param colours whether the log shows the colours that steps write; everything else of the kind is dropped */
    public PlainProgress(PrintStream out, InstantSource clock, Redactor redactor, boolean colours) {
        this(out, clock, redactor, colours, Shown.nothing());
    }

    /**
     * A view that goes on with what an earlier one showed of the same build.
     *
     * @param shown what the log has already
     */
    public PlainProgress(PrintStream out, InstantSource clock, Redactor redactor, boolean colours, Shown shown) {
        this.shown = shown;
        this.out = out;
        this.clock = clock;
        this.colours = colours;
        this.feed = new StepFeed(redactor, clock, new Lines());
    }

    @Override
    public synchronized void update(ProgressLine line) {
        if (!closed) {
            feed.accept(line);
            sayWhatIsDue();
            out.flush();
        }
    }

    @Override
    public synchronized void tick() {
        if (!closed) {
            feed.tick();
            sayWhatIsDue();
            giveSigns();
            out.flush();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        feed.close();
        List.copyOf(talks.keySet()).forEach(this::say);
        for (ShownStep step : feed.running()) {
            print("STOPPED", step.title() + "  " + Elapsed.render(Duration.between(step.since(), clock.instant())));
        }
        out.flush();
    }

    private void sayWhatIsDue() {
        Instant now = clock.instant();
        floor = floor.filter(ShownStep::running);
        talks.entrySet().removeIf(e -> !e.getKey().running() && !e.getValue().hasUnsaid());
        for (Map.Entry<ShownStep, Talk> entry : List.copyOf(talks.entrySet())) {
            ShownStep step = entry.getKey();
            Talk talk = entry.getValue();
            boolean onFloor = floor.equals(Optional.of(step));
            Duration wait = onFloor ? Duration.ZERO : floor.isPresent() ? PATIENCE : TAKES_THE_FLOOR;
            if (talk.isDue(now.minus(wait))) {
                floor = floor.or(() -> step.running() ? Optional.of(step) : Optional.empty());
                say(step);
            }
        }
    }

    /** Prints what a step wrote and was not printed yet, under a heading unless it goes on with the last block. */
    private void say(ShownStep step) {
        Talk talk = talk(step);
        if (!talk.hasUnsaid()) {
            return;
        }
        if (!block.equals(Optional.of(step))) {
            print("RUNNING", step.title() + (talk.begun() ? "  (continued)" : ""));
            block = Optional.of(step);
        }
        tell(step, talk);
    }

    private void tell(ShownStep step, Talk talk) {
        List<String> lines = talk.take(clock.instant());
        lines.forEach(this::indented);
        if (!lines.isEmpty()) {
            shown.lines(step.digest(), lines.size());
        }
    }

    private void giveSigns() {
        Instant now = clock.instant();
        for (ShownStep step : feed.running()) {
            Talk talk = talk(step);
            if (talk.silentSince().plus(HEARTBEAT).compareTo(now) <= 0) {
                String doing = feed.doing(step);
                String running = Elapsed.render(Duration.between(step.since(), now));
                line("... still running: " + shown(step.title()) + " (" + running + ")"
                        + (doing.isEmpty() ? "" : ": " + doing));
                talk.sign(now);
            }
        }
    }

    private Talk talk(ShownStep step) {
        return talks.computeIfAbsent(step, s -> new Talk(s.since()));
    }

    private void print(String label, String text) {
        line((label + "         ").substring(0, 9) + shown(text));
    }

    private void line(String text) {
        out.print(text + "\n");
        block = Optional.empty();
    }

    private void indented(String text) {
        boolean coloured = colours && text.indexOf('\u001b') >= 0;
        out.print(GUTTER + (coloured ? text + "\u001b[0m" : Colours.strip(text)) + "\n");
    }

    private static String shown(String text) {
        return Title.shortened(text, WIDTH);
    }

    /** What the feed tells. */
    private final class Lines implements StepFeed.Listener {
        @Override
        public void said(ShownStep step, String line) {
            if (shown.hasLine(step.digest())) {
                talk(step).wasSaid(line);
            } else {
                talk(step).add(line, clock.instant());
            }
        }

        @Override
        public void ended(ShownStep step, StepState how) {
            Talk talk = talk(step);
            boolean goesOn = block.equals(Optional.of(step));
            if (goesOn) {
                say(step);
            }
            if (shown.hasEnding(step.digest(), how.name())) {
                say(step);
                forget(step);
                return;
            }
            print(label(step, how), Title.shortened(step.title(), WIDTH - 10) + time(step, how));
            if (how == StepState.FAILED) {
                step.error().lines().map(Title::printable).forEach(PlainProgress.this::indented);
                if (!goesOn && talk.begun()) {
                    indented("... its last lines before these:");
                    talk.lastSaid().forEach(PlainProgress.this::indented);
                }
            }
            tell(step, talk);
            forget(step);
        }

        private void forget(ShownStep step) {
            talks.remove(step);
            floor = floor.filter(holder -> holder != step);
        }

        private String label(ShownStep step, StepState how) {
            if (how != StepState.FAILED) {
                return how.name();
            }
            return step.kind() == StepKind.CACHE_IMPORT ? "WARNING" : "ERROR";
        }

        private String time(ShownStep step, StepState how) {
            return how == StepState.CACHED ? "" : "  " + Elapsed.render(step.duration());
        }

        @Override
        public void warned(Warning warning) {
            String place = warning.place().isEmpty() ? "" : "  (" + warning.place() + ")";
            remark("WARNING  " + Title.of(warning.message()) + place);
        }

        @Override
        public void noted(String text) {
            String printable = Title.printable(text);
            remark(printable.strip().startsWith("::") ? GUTTER + printable : printable);
        }

        private void remark(String text) {
            if (!shown.hasRemark(text)) {
                line(text);
            }
        }
    }
}
