package io.buildkitci.build;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Something asked beside the build whose answer is nice to have. Closing it interrupts it and waits until it is gone, so
 * that nothing it started outlives the build.
 */
final class SideTask<T> implements AutoCloseable {
    private final FutureTask<T> task;
    private final Thread thread;

    private SideTask(FutureTask<T> task) {
        this.task = task;
        this.thread = new Thread(task, "buildkit-ci-aside");
        thread.setDaemon(true);
    }

    static <T> SideTask<T> start(Callable<T> question) {
        SideTask<T> side = new SideTask<>(new FutureTask<>(question));
        side.thread.start();
        return side;
    }

    /** The answer; empty when asking failed. Waits for it. */
    Optional<T> result() throws InterruptedException {
        try {
            return Optional.ofNullable(task.get());
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (!task.isDone()) {
            thread.interrupt();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
