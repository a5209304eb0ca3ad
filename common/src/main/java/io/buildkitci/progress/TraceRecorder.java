package io.buildkitci.progress;

import io.buildkitci.process.Redactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Collects the trace of one build while it happens. Its memory is bounded by the number of vertices, not of events: of
 * each vertex the last message, the last 50 lines and the last 256 statuses are kept. Safe for use by several threads.
 */
public final class TraceRecorder {
    private static final int MOST_WARNINGS = 1000;

    private final Redactor redactor;
    private final OutputLines output;
    private final Map<String, VertexTrack> tracks = new LinkedHashMap<>();
    private final Set<Warning> warnings = new LinkedHashSet<>();
    private Optional<Instant> ended = Optional.empty();

    /** @param redactor masks every text of the trace */
    public TraceRecorder(Redactor redactor) {
        this.redactor = redactor;
        this.output = new OutputLines(redactor);
    }

    public synchronized void record(ProgressLine line) {
        if (line instanceof ProgressLine.Update update) {
            update.vertices().forEach(this::record);
            update.statuses().forEach(this::record);
            update.logs().forEach(this::record);
            update.warnings().stream()
                    .filter(w -> warnings.size() < MOST_WARNINGS)
                    .forEach(warnings::add);
        }
    }

    private void record(Vertex vertex) {
        track(vertex.digest()).replace(vertex);
        Stream.concat(vertex.started().stream(), vertex.completed().stream()).forEach(this::seen);
    }

    private void record(Status status) {
        track(status.vertex()).replace(status);
        Stream.concat(status.started().stream(), status.completed().stream()).forEach(this::seen);
    }

    private void record(Log log) {
        VertexTrack track = track(log.vertex());
        track.wrote(log);
        track.lines(output.accept(log));
    }

    private VertexTrack track(String digest) {
        return tracks.computeIfAbsent(digest, VertexTrack::new);
    }

    private void seen(Instant time) {
        ended = ended.filter(last -> last.isAfter(time)).or(() -> Optional.of(time));
    }

    /**
     * The trace so far. Lines that have no line end yet are missing until the build is over: call {@link #finish} first.
     */
    public synchronized BuildTrace snapshot() {
        List<VertexTrack> known = new ArrayList<>(
                tracks.values().stream().filter(VertexTrack::described).toList());
        known.sort(Comparator.comparing(track -> track.firstStarted().orElse(Instant.MAX)));
        return new BuildTrace(
                known.stream().map(track -> track.step(redactor, ended)).toList(),
                warnings.stream().map(this::masked).distinct().toList(),
                known.stream().flatMap(track -> track.firstStarted().stream()).findFirst(),
                ended);
    }

    /** Takes lines without a line end as they are: nothing more will come. */
    public synchronized void finish() {
        tracks.forEach((digest, track) -> track.lines(output.end(digest)));
    }

    private Warning masked(Warning warning) {
        return new Warning(
                redactor.redact(warning.text()),
                warning.detail().stream().map(redactor::redact).toList(),
                warning.url(),
                warning.file(),
                warning.line(),
                warning.lastLine());
    }
}
