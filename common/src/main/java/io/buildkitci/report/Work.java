package io.buildkitci.report;

import io.buildkitci.model.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a build did and how long that took. */
public record Work(Steps steps, Times times) {
    /**
     * Its steps, BuildKit's internal ones not counted.
     *
     * @param slowest the slowest of those that ran, slowest first
     */
    public record Steps(int total, int cached, int run, List<SlowStep> slowest) {
        public Steps {
            slowest = List.copyOf(slowest);
        }
    }

    /** A step worth a look. */
    public record SlowStep(String name, Optional<Platform> platform, Duration time) {}

    /**
     * Time by phase as the person waits for it; phases overlap, so that they need not add up.
     *
     * @param build from the first step to the end of the last
     * @param export empty, like the following, when there was none
     */
    public record Times(
            Duration total,
            Optional<Duration> build,
            Optional<Duration> export,
            Optional<Duration> push,
            Optional<Duration> cacheExport) {}
}
