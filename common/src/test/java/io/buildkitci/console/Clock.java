package io.buildkitci.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
final class Clock implements InstantSource {
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    void pass(double seconds) {
        now = now.plus(Duration.ofMillis((long) (seconds * 1000)));
    }

    @Override
    public Instant instant() {
        return now;
    }
}
