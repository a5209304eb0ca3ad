package io.jenkins.plugins.buildkit.step;

import hudson.model.Computer;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/** Where the work of steps is done: never on the thread that runs pipelines, and on none while there is only to wait. */
final class Background {
    private Background() {}

    /** Work that talks to agents; cancelling it interrupts it. */
    static Future<?> run(Runnable work) {
        return Computer.threadPoolForRemoting.submit(work);
    }

    static ScheduledFuture<?> later(Runnable work, long millis) {
        return Timer.get().schedule(() -> run(work), millis, TimeUnit.MILLISECONDS);
    }
}
