package io.jenkins.plugins.buildkit.step;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a step was stopped, and the thread that is interrupted then. After a restart of the controller nothing of it is
 * left: what was stopped before has ended. Safe for use by several threads.
 */
final class Stopping implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient @Nullable Throwable cause;
    private transient @Nullable Thread worker;

    /**
     * From now on this thread is interrupted when the step is stopped.
     *
     * @throws InterruptedException if it was stopped already
     */
    synchronized void begin() throws InterruptedException {
        if (cause != null) {
            throw new InterruptedException();
        }
        worker = Thread.currentThread();
    }

    /** No longer. */
    synchronized void end() {
        worker = null;
    }

    /** The same for the thread itself: whether it was interrupted, which is forgotten. */
    synchronized boolean endInterrupted() {
        worker = null;
        return Thread.interrupted();
    }

    synchronized void stop(Throwable why) {
        cause = why;
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** Why it was stopped; empty when it was not. */
    synchronized Optional<Throwable> cause() {
        return Optional.ofNullable(cause);
    }
}
