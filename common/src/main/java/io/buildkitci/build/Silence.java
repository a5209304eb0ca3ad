package io.buildkitci.build;

import io.buildkitci.progress.BuildTrace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Since when a client says nothing, and whether that is too long: a step that computes may be silent as long as it likes. */
final class Silence {
    private final InstantSource clock;
    private final Duration longest;
    private volatile Instant heard;
    /** What it waited for when it was given up: once it is ended, it says that nothing is under way. */
    private volatile List<String> waiting = List.of();

    Silence(InstantSource clock, Duration longest) {
        this.clock = clock;
        this.longest = longest;
        this.heard = clock.instant();
    }

    /** Something came. */
    void broken() {
        heard = clock.instant();
    }

    /** How long it has been, where it is too long. */
    Optional<Duration> tooLong(Supplier<BuildTrace> trace) {
        Duration silent = Duration.between(heard, clock.instant());
        if (silent.compareTo(longest) < 0) {
            return Optional.empty();
        }
        BuildTrace soFar = trace.get();
        waiting = soFar.waitsForOthers() ? TraceEvidence.underWay(soFar) : List.of();
        return soFar.waitsForOthers() ? Optional.of(silent) : Optional.empty();
    }

    List<String> waiting() {
        return waiting;
    }
}
