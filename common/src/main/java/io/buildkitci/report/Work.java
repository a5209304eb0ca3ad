package io.buildkitci.report;

import io.buildkitci.model.Platform;
import io.buildkitci.progress.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a build did and how long that took.
 *
 * @param shares what the time went to
 */
public record Work(Steps steps, Times times, List<Share> shares, Timeline timeline) {
    public Work {
        shares = List.copyOf(shares);
    }

    /** Without telling what the time went to. */
    public Work(Steps steps, Times times, Timeline timeline) {
        this(steps, times, List.of(), timeline);
    }

    /** Without telling when what ran. */
    public Work(Steps steps, Times times) {
        this(steps, times, Timeline.NONE);
    }

    /**
     * What a part of the time went to. Such things go on side by side, so that they need not add up.
     *
     * @param what in a few words: {@code base images}
     * @param time during which at least one such thing went on
     */
    public record Share(String what, Duration time) {}

    /**
     * Its steps, BuildKit's internal ones not counted.
     *
     * @param slowest the slowest of those that ran, slowest first
     */
    public record Steps(int total, int cached, int run, List<SlowStep> slowest) {
        public Steps {
            slowest = List.copyOf(slowest);
        }

        /** {@code 12 steps: 9 cached (75 %), 3 run.} Empty where there are none. */
        public String counted() {
            if (total == 0) {
                return "";
            }
            String all = total == 1 ? "1 step" : total + " steps";
            if (cached == total) {
                return all + ", all cached.";
            }
            long percent = 100L * cached / total;
            int notReached = total - cached - run;
            String known = cached == 0 ? "none cached, " : cached + " cached (" + percent + " %), ";
            return all + ": " + known + run + " run" + (notReached > 0 ? ", " + notReached + " not reached." : ".");
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

    /**
     * When what ran, as bars of a chart; only the longest ones where there are many.
     *
     * @param bars in the order of their start
     * @param leftOut how many shorter bars there were besides
     */
    public record Timeline(List<Bar> bars, int leftOut) {
        public static final Timeline NONE = new Timeline(List.of(), 0);

        public Timeline {
            bars = List.copyOf(bars);
        }
    }

    /**
     * One run of a step, of BuildKit's internal ones too; a step that BuildKit started several times has several.
     *
     * @param start from the start of the first step
     * @param time none for what was cached
     */
    public record Bar(String name, Lane lane, Duration start, Duration time, Ending ending) {}

    /**
     * Where a step belongs: what stands in the brackets before its name.
     *
     * @param stage of the Dockerfile; a name that no stage can have for what belongs to none
     * @param platform that it ran on; empty where BuildKit does not say
     * @param output the platform that it made something for, where that is another
     */
    public record Lane(String stage, Optional<Platform> platform, Optional<Platform> output) {
        /** What BuildKit does for itself: Dockerfile, metadata, context, caches read. */
        public static final Lane BUILDKIT = new Lane("BuildKit", Optional.empty(), Optional.empty());

        /** What is made of the steps' result: exports, pushes, caches written. */
        public static final Lane RESULT = new Lane("Export", Optional.empty(), Optional.empty());

        /** A Dockerfile with one stage that has no name numbers its steps all the same. */
        public static Lane of(StepName name) {
            if (name.number() > 0) {
                String stage = name.stage().isEmpty() ? "Dockerfile" : name.stage();
                return new Lane(stage, name.platform(), name.output());
            }
            return switch (name.kind()) {
                case EXPORT, PUSH, CACHE_EXPORT -> RESULT;
                default -> BUILDKIT;
            };
        }
    }

    /** How a run ended. */
    public enum Ending {
        DONE,
        CACHED,
        FAILED,
        /** A cache could not be read; no build fails by that. */
        MISSED,
        /** Something else failed, or the build was cancelled. */
        STOPPED
    }
}
