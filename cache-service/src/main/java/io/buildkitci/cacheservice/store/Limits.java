package io.buildkitci.cacheservice.store;

import java.time.Duration;

/**
 * How much is kept.
 *
 * @param total bytes of all contents, each counted once
 * @param perNamespace bytes of the contents of one namespace
 * @param generations of an index; the newest stay, and one before it for those that read it now
 * @param unfinished how long an upload may be silent before it is given up
 */
public record Limits(long total, long perNamespace, int generations, Duration unfinished) {
    private static final int GENERATIONS = 2;

    public Limits {
        if (total < 1 || perNamespace < 1 || generations < 1) {
            throw new IllegalArgumentException("a limit below 1");
        }
    }

    /** Of bytes in all and for each namespace. */
    public static Limits of(long total, long perNamespace) {
        return new Limits(total, perNamespace, GENERATIONS, Duration.ofHours(1));
    }

    /** What one content may have at most. */
    long largest() {
        return Math.min(total, perNamespace);
    }
}
