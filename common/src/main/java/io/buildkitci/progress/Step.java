package io.buildkitci.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of one vertex; all texts are masked.
 *
 * @param inputs digests of the steps that it builds on
 * @param started of its last run; empty when it never ran
 * @param completed of its last run; empty when that never ended
 * @param runs all its runs without overlaps: BuildKit starts many a vertex anew, a base image for its pull, the export
 *     for its push; one that never ended ends with the trace
 * @param error empty when it has not failed
 * @param output the last lines that it wrote, without colours
 * @param statuses the last state of each thing that it did
 * @param otherNames texts of what it was called too: each target of a bake that needs it calls it by its own name
 */
public record Step(
        String digest,
        StepName name,
        List<String> inputs,
        StepState state,
        Optional<Instant> started,
        Optional<Instant> completed,
        List<Span> runs,
        String error,
        List<String> output,
        List<Status> statuses,
        List<String> otherNames) {
    public Step {
        inputs = List.copyOf(inputs);
        runs = List.copyOf(runs);
        output = List.copyOf(output);
        statuses = List.copyOf(statuses);
        otherNames = List.copyOf(otherNames);
    }

    /** Of one name. */
    public Step(
            String digest,
            StepName name,
            List<String> inputs,
            StepState state,
            Optional<Instant> started,
            Optional<Instant> completed,
            List<Span> runs,
            String error,
            List<String> output,
            List<Status> statuses) {
        this(digest, name, inputs, state, started, completed, runs, error, output, statuses, List.of());
    }

    public StepKind kind() {
        return name.kind();
    }

    /** What it was at, in BuildKit's words: {@code pushing layers}; empty when it does not say. */
    public String doing() {
        String doing = "";
        for (Status status : statuses) {
            doing = status.completed().isEmpty() ? status.id() : doing;
        }
        return doing;
    }

    /** Whether it gets something from elsewhere or brings it there, and computes nothing. */
    boolean waitsForOthers() {
        return switch (kind()) {
            case FROM, PUSH, CACHE_EXPORT, CACHE_IMPORT, INTERNAL -> true;
            case ADD -> name.command().contains("://");
            case EXPORT -> doing().startsWith("pushing ");
            default -> false;
        };
    }

    public boolean cached() {
        return state == StepState.CACHED;
    }

    /** How long it ran, all runs together. */
    public Duration duration() {
        return Span.union(runs);
    }
}
