package io.buildkitci.process;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A listener that two threads can share; once closed, or once it has thrown, it is told nothing more. */
public final class OneAtATime implements LineListener {
    /** How long closing waits for a call under way: a listener stuck for longer must not hold up a cancelled build. */
    private static final long PATIENCE_SECONDS = 1;

    private final LineListener listener;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean closed;

    public OneAtATime(LineListener listener) {
        this.listener = listener;
    }

    @Override
    public void line(Stream stream, String line) {
        turn.lock();
        try {
            if (!closed) {
                listener.line(stream, line);
            }
        } catch (RuntimeException | Error bug) {
            closed = true;
            throw bug;
        } finally {
            turn.unlock();
        }
    }

    public void close() {
        closed = true;
        try {
            if (turn.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                turn.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
