package io.buildkitci.local;

import java.time.Duration;

/** When several waits have to be over, all together. */
record Deadline(Duration limit, long nanoTime) {
    static Deadline in(Duration limit) {
        return new Deadline(limit, System.nanoTime() + limit.toNanos());
    }

    /** At least one: none would be for ever. */
    int leftMillis() {
        return (int) Math.max(1, Duration.ofNanos(nanoTime - System.nanoTime()).toMillis());
    }

    String noAnswer() {
        return "no answer within " + limit.toSeconds() + " s";
    }

    String silence() {
        return "it takes connections and says nothing within " + limit.toSeconds() + " s";
    }
}
