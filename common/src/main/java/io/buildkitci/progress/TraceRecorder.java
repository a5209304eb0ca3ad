package io.buildkitci.progress;

import io.buildkitci.process.Redactor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
            for (Vertex vertex : update.vertices()) {
                record(vertex);
            }
            for (Status status : update.statuses()) {
                record(status);
            }
            for (Log log : update.logs()) {
                record(log);
            }
            for (Warning warning : update.warnings()) {
                record(warning);
            }
        }
    }

    private void record(Vertex vertex) {
        track(vertex.digest()).replace(vertex);
        seen(vertex.started());
        seen(vertex.completed());
    }

    private void record(Status status) {
        track(status.vertex()).replace(status);
        seen(status.started());
        seen(status.completed());
    }

    private void record(Log log) {
        VertexTrack track = track(log.vertex());
        track.wrote(log);
        track.lines(output.accept(log));
    }

    private void record(Warning warning) {
        if (warnings.size() < MOST_WARNINGS) {
            warnings.add(warning);
        }
    }

    private VertexTrack track(String digest) {
        return tracks.computeIfAbsent(digest, VertexTrack::new);
    }

    private void seen(Optional<Instant> time) {
        if (time.isPresent() && (ended.isEmpty() || time.get().isAfter(ended.get()))) {
            ended = time;
        }
    }

    /**
     * The trace so far. Lines that have no line end yet are missing until the build is over: call {@link #finish} first.
     */
    public synchronized BuildTrace snapshot() {
        List<VertexTrack> known = new ArrayList<>();
        for (VertexTrack track : tracks.values()) {
            if (track.described()) {
                known.add(track);
            }
        }
        known.sort((one, other) -> start(one).compareTo(start(other)));
        List<Step> steps = new ArrayList<>();
        for (VertexTrack track : known) {
            steps.add(track.step(redactor, ended));
        }
        Set<Warning> masked = new LinkedHashSet<>();
        for (Warning warning : warnings) {
            masked.add(masked(warning));
        }
        Optional<Instant> started =
                known.isEmpty() ? Optional.empty() : known.get(0).firstStarted();
        return new BuildTrace(steps, List.copyOf(masked), started, ended);
    }

    /** Steps that never started come last. */
    private static Instant start(VertexTrack track) {
        return track.firstStarted().orElse(Instant.MAX);
    }

    /** Takes lines without a line end as they are: nothing more will come. */
    public synchronized void finish() {
        for (Map.Entry<String, VertexTrack> track : tracks.entrySet()) {
            track.getValue().lines(output.end(track.getKey()));
        }
    }

    private Warning masked(Warning warning) {
        List<String> detail = new ArrayList<>();
        for (String line : warning.detail()) {
            detail.add(redactor.redact(line));
        }
        return new Warning(
                redactor.redact(warning.text()),
                detail,
                warning.url(),
                warning.file(),
                warning.line(),
                warning.lastLine(),
                warning.step());
    }
}
