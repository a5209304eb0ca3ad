package io.buildkitci.progress;

import io.buildkitci.process.Redactor;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is kept of one vertex while the build runs. */
final class VertexTrack {
    private static final int MOST_LINES = 50;
    private static final int MOST_STATUSES = 256;
    private static final int MOST_RUNS = 64;
    private static final int MOST_NAMES = 256;
    private static final int LONGEST_LINE = 2000;

    private final Deque<String> lines = new ArrayDeque<>();
    private final Map<String, Status> statuses = new LinkedHashMap<>();
    /** Start to end of the runs that ended. */
    private final TreeMap<Instant, Instant> runs = new TreeMap<>();

    private final Set<String> names = new LinkedHashSet<>();
    private final CacheHit cacheHit = new CacheHit();
    private Vertex last;
    private boolean described;
    private Optional<Instant> firstStarted = Optional.empty();

    VertexTrack(String digest) {
        last = new Vertex(digest, List.of(), "", Optional.empty(), Optional.empty(), false, "");
    }

    /** Whether a message told of it: output and statuses can come for a vertex that never shows up. */
    boolean described() {
        return described;
    }

    Optional<Instant> firstStarted() {
        return firstStarted;
    }

    void replace(Vertex vertex) {
        last = vertex;
        described = true;
        if (names.size() < MOST_NAMES) {
            names.add(vertex.name());
        }
        cacheHit.heard(vertex);
        if (vertex.started().isPresent()) {
            firstStarted = firstStarted.isPresent() ? firstStarted : vertex.started();
            if (vertex.completed().isPresent()) {
                ran(vertex.started().get(), vertex.completed().get());
            }
        }
    }

    private void ran(Instant start, Instant end) {
        runs.put(start, end);
        if (runs.size() > MOST_RUNS) {
            Instant second = runs.higherKey(runs.firstKey());
            Instant secondEnd = runs.remove(second);
            runs.merge(runs.firstKey(), secondEnd, (a, b) -> a.isAfter(b) ? a : b);
        }
    }

    void wrote(Log log) {
        cacheHit.heard(log);
    }

    void replace(Status status) {
        cacheHit.heard(status);
        statuses.put(status.id(), status);
        if (statuses.size() > MOST_STATUSES) {
            statuses.remove(statuses.keySet().iterator().next());
        }
    }

    void lines(Collection<String> more) {
        for (String line : more) {
            String plain = Colours.strip(line);
            lines.add(plain.length() > LONGEST_LINE ? plain.substring(0, LONGEST_LINE) + "..." : plain);
            if (lines.size() > MOST_LINES) {
                lines.remove();
            }
        }
    }

    /** @param now the end of a run that has not ended */
    Step step(Redactor redactor, Optional<Instant> now) {
        List<Status> masked = new ArrayList<>();
        for (Status status : statuses.values()) {
            masked.add(masked(status, redactor));
        }
        return new Step(
                last.digest(),
                StepName.parse(last.name()).map(redactor::redact),
                last.inputs(),
                cacheHit.state(last),
                last.started(),
                last.completed(),
                spans(now),
                redactor.redact(last.error()),
                List.copyOf(lines),
                masked,
                otherNames(redactor));
    }

    private List<String> otherNames(Redactor redactor) {
        List<String> others = new ArrayList<>();
        for (String name : names) {
            if (!name.equals(last.name())) {
                others.add(redactor.redact(name));
            }
        }
        return others;
    }

    private List<Span> spans(Optional<Instant> now) {
        List<Span> spans = new ArrayList<>();
        for (Map.Entry<Instant, Instant> run : runs.entrySet()) {
            spans.add(new Span(run.getKey(), run.getValue()));
        }
        if (last.running() && now.isPresent()) {
            spans.add(new Span(last.started().orElseThrow(), now.get()));
        }
        return Span.merge(spans);
    }

    private static Status masked(Status status, Redactor redactor) {
        return new Status(
                status.vertex(),
                redactor.redact(status.id()),
                redactor.redact(status.name()),
                status.current(),
                status.total(),
                status.started(),
                status.completed());
    }
}
