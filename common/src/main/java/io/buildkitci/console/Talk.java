package io.buildkitci.console;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What one step wrote and has not been printed yet. */
final class Talk {
    /** In characters; what is more is due at once. */
    static final int MOST_UNSAID = 64 * 1024;

    private static final int LAST_LINES = 20;

    private final List<String> unsaid = new ArrayList<>();
    private final Deque<String> lastSaid = new ArrayDeque<>();
    private int size;
    private Optional<Instant> waitingSince = Optional.empty();
    private Instant silentSince;

    Talk(Instant silentSince) {
        this.silentSince = silentSince;
    }

    void add(String line, Instant now) {
        unsaid.add(line);
        size += line.length() + 1;
        waitingSince = waitingSince.or(() -> Optional.of(now));
        silentSince = now;
    }

    /** A line that an earlier view has said. */
    void wasSaid(String line) {
        keep(line);
    }

    boolean hasUnsaid() {
        return !unsaid.isEmpty();
    }

    /** Whether the oldest line has waited since then, or there are too many. */
    boolean isDue(Instant then) {
        return size > MOST_UNSAID || waitingSince.filter(w -> !w.isAfter(then)).isPresent();
    }

    /** Hands out what is unsaid; from now on it is said. */
    List<String> take(Instant now) {
        List<String> lines = List.copyOf(unsaid);
        if (!lines.isEmpty()) {
            silentSince = now;
        }
        unsaid.clear();
        size = 0;
        waitingSince = Optional.empty();
        lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).forEach(this::keep);
        return lines;
    }

    private void keep(String line) {
        lastSaid.add(line);
        if (lastSaid.size() > LAST_LINES) {
            lastSaid.remove();
        }
    }

    /** Whether some of it was said. */
    boolean begun() {
        return !lastSaid.isEmpty();
    }

    List<String> lastSaid() {
        return List.copyOf(lastSaid);
    }

    /** When people last saw or could soon see something of it. */
    Instant silentSince() {
        return silentSince;
    }

    void sign(Instant now) {
        silentSince = now;
    }
}
