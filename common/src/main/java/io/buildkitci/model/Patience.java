package io.buildkitci.model;

import java.time.Duration;
import java.util.Optional;

/**
 * How often a build may be run, and how long it may take.
 *
 * @param retries after failures that may pass
 * @param timeout of all runs together; empty means for ever
 * @param inactivity how long what a build waits for may say nothing
 */
public record Patience(int retries, Optional<Duration> timeout, Duration inactivity) {
    /** What a person who says nothing of it gets. */
    public static final Patience USUAL = new Patience(1, Optional.empty(), Duration.ofMinutes(10));
}
