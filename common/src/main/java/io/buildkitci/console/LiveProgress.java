package io.buildkitci.console;

import io.buildkitci.process.Redactor;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.progress.StepKind;
import io.buildkitci.progress.StepState;
import io.buildkitci.progress.Warning;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Progress on a terminal: what runs stands at the bottom with its time and its last lines and is drawn anew at most ten
 * times a second, what ended scrolls up. The output of a step is dropped when it ends, unless it failed.
 *
 * <p>The cursor is hidden until {@link #close}: a host whose process can be killed closes the view on its way out.
 */
public final class LiveProgress implements ProgressView {
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
    private static final int MOST_WAITING = 200;
    private static final int MOST_KEPT = 200;

    private final PrintStream out;
    private final InstantSource clock;
    private final Supplier<TerminalSize> size;
    private final Ink ink;
    private final StepFeed feed;
    private final Instant began;
    private final Map<ShownStep, Deque<String>> tails = new HashMap<>();
    private final List<String> scroll = new ArrayList<>();
    private Instant drawn = Instant.MIN;
    private int footerRows;
    private int ended;
    private int cached;
    private boolean closed;

    /**
     * @param size asked at each drawing, for terminals change
     * @param colours false where {@code NO_COLOR} is set
     */
    public LiveProgress(
            PrintStream out, InstantSource clock, Redactor redactor, Supplier<TerminalSize> size, boolean colours) {
        this.out = out;
        this.clock = clock;
        this.size = size;
        this.ink = new Ink(colours);
        this.feed = new StepFeed(redactor, clock, new Board());
        this.began = clock.instant();
    }

    @Override
    public synchronized void update(ProgressLine line) {
        if (closed) {
            return;
        }
        feed.accept(line);
        if (scroll.size() > MOST_WAITING) {
            draw();
        } else {
            drawIfDue();
        }
    }

    @Override
    public synchronized void tick() {
        if (!closed) {
            feed.tick();
            drawIfDue();
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        feed.close();
        for (ShownStep step : feed.running()) {
            scroll.add(ink.yellow("STOPPED  ") + step.title() + "  " + elapsed(step));
        }
        StringBuilder screen = new StringBuilder();
        eraseFooter(screen);
        scroll.forEach(line -> screen.append(line).append('\n'));
        out.print(screen.append(Ink.SHOW_CURSOR));
        out.flush();
        closed = true;
    }

    private void drawIfDue() {
        if (drawn.equals(Instant.MIN) || !clock.instant().isBefore(drawn.plus(BETWEEN_DRAWINGS))) {
            draw();
        }
    }

    private void draw() {
        tails.keySet().removeIf(step -> !step.running());
        StringBuilder screen = new StringBuilder(drawn.equals(Instant.MIN) ? Ink.HIDE_CURSOR : "");
        eraseFooter(screen);
        scroll.forEach(line -> screen.append(line).append('\n'));
        scroll.clear();
        List<String> footer = footer(size.get());
        footerRows = footer.size();
        screen.append(Ink.NO_WRAP);
        footer.forEach(line -> screen.append(line).append('\n'));
        screen.append(Ink.WRAP);
        out.print(screen);
        out.flush();
        drawn = clock.instant();
    }

    private void eraseFooter(StringBuilder screen) {
        if (footerRows > 0) {
            screen.append(Ink.up(footerRows));
        }
        footerRows = 0;
    }

    /** A summary, then as many running steps as fit, then their last lines as far as there is room. */
    private List<String> footer(TerminalSize terminal) {
        List<ShownStep> running = feed.running();
        int columns = Math.max(1, terminal.columns() - 1);
        int room = Math.max(0, terminal.rows() - 2);
        List<String> rows = new ArrayList<>();
        rows.add(Title.shortened(summary(running.size()), columns));
        int shown = Math.min(running.size(), room);
        int tailRows = shown == 0 ? 0 : Math.min(6, (room - shown) / shown);
        for (ShownStep step : running.subList(0, shown)) {
            rows.add(running(step, columns));
            tail(step, tailRows).forEach(line -> rows.add(ink.dim(Title.shortened("    | " + line, columns))));
        }
        return rows;
    }

    private String summary(int running) {
        String time = Elapsed.render(Duration.between(began, clock.instant()));
        return "building " + time + ", " + running + " running, " + ended + " done"
                + (cached > 0 ? ", " + cached + " of them cached" : "");
    }

    private String running(ShownStep step, int columns) {
        String doing = feed.doing(step);
        String end = (doing.isEmpty() ? "" : "  " + doing) + "  " + elapsed(step);
        String time = end.length() > columns / 2 ? "  " + elapsed(step) : end;
        return Title.shortened(
                "=> " + Title.shortened(step.title(), Math.max(8, columns - 3 - time.length())) + time, columns);
    }

    private String elapsed(ShownStep step) {
        return Elapsed.render(Duration.between(step.since(), clock.instant()));
    }

    private List<String> tail(ShownStep step, int rows) {
        List<String> lines = new ArrayList<>(tails.getOrDefault(step, new ArrayDeque<>()));
        String bar = feed.overwritten(step);
        if (!bar.isEmpty()) {
            lines.add(bar);
        }
        return lines.subList(Math.max(0, lines.size() - rows), lines.size()).stream()
                .map(Ink::plain)
                .toList();
    }

    /** What the feed tells. */
    private final class Board implements StepFeed.Listener {
        @Override
        public void said(ShownStep step, String line) {
            Deque<String> tail = tails.computeIfAbsent(step, s -> new ArrayDeque<>());
            tail.add(line);
            if (tail.size() > MOST_KEPT) {
                tail.remove();
            }
        }

        @Override
        public void ended(ShownStep step, StepState how) {
            ended++;
            cached += how == StepState.CACHED ? 1 : 0;
            String title = Title.shortened(step.title(), Math.max(20, size.get().columns() - 20));
            scroll.add(
                    label(step, how) + title + (how == StepState.CACHED ? "" : "  " + Elapsed.render(step.duration())));
            if (how == StepState.FAILED) {
                step.error().lines().map(Title::printable).forEach(l -> scroll.add("    | " + ink.red(l)));
                tails.getOrDefault(step, new ArrayDeque<>()).forEach(l -> scroll.add("    | " + ink.output(l)));
            }
            tails.remove(step);
        }

        private String label(ShownStep step, StepState how) {
            return switch (how) {
                case FAILED -> step.kind() == StepKind.CACHE_IMPORT ? ink.yellow("WARNING  ") : ink.red("ERROR    ");
                case CACHED -> ink.cyan("CACHED   ");
                case CANCELED -> ink.yellow("CANCELED ");
                default -> ink.green("DONE     ");
            };
        }

        @Override
        public void warned(Warning warning) {
            String place = warning.place().isEmpty() ? "" : "  (" + warning.place() + ")";
            scroll.add(ink.yellow("WARNING  ") + Title.of(warning.message()) + place);
        }

        @Override
        public void noted(String text) {
            scroll.add(Title.printable(text));
        }
    }
}
