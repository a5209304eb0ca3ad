package io.buildkitci.process;

import java.time.Duration;

/** How a program ended. */
public sealed interface Outcome {
    /** It ended by itself; a signal {@code n} is reported as {@code 128 + n}. */
    record Exited(int status) implements Outcome {}

    /** It could not be started, for the reason given. */
    record NotStarted(String reason) implements Outcome {}

    /** It ran longer than its command allowed and was killed with all its descendants. */
    record TimedOut(Duration after) implements Outcome {}

    /** Nothing came of what it waited for, and it was killed with all its descendants. */
    record Stalled(Duration silent) implements Outcome {}

    /** Whether it ended by itself with status 0. */
    default boolean succeeded() {
        return this instanceof Exited exited && exited.status() == 0;
    }
}
