package io.buildkitci.action.it;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what is bound to happen, and not for ever. */
final class Await {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 20;

    private Await() {}

    static void until(String what, Callable<Boolean> condition) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError("cannot be looked at", e);
        }
    }
}
