package io.buildkitci.cacheservice.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs tasks one after the other, on whichever threads others run on too. */
final class InTurn implements Executor {
    private final Executor threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    InTurn(Executor threads) {
        this.threads = threads;
    }

    @Override
    public synchronized void execute(Runnable task) {
        waiting.add(task);
        if (!running) {
            running = true;
            threads.execute(this::run);
        }
    }

    private void run() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    @SuppressWarnings("NullAway") // a queue says null where it is empty
    private synchronized Runnable next() {
        Runnable next = waiting.poll();
        running = next != null;
        return next;
    }
}
