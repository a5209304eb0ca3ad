package io.buildkitci.local;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns SIGINT and SIGTERM into an orderly end: what runs is interrupted, cleans up, and the process exits with 130. */
public final class Interruptions {
    /** The exit status of a process that was asked to end, whichever signal asked. */
    public static final int CANCELLED = 130;

    /** Less than a CI system waits before it kills; more than a program that was asked to end is given. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private Interruptions() {}

    /**
     * Runs a program's main work on the calling thread.
     *
     * <p>When the JVM is asked to end meanwhile, the thread is interrupted and given some seconds for its finally
     * blocks; then the JVM halts with {@link #CANCELLED}. The work must return its status and never call
     * {@link System#exit}, which could not be told from a signal.
     *
     * @return the work's own status, or {@link #CANCELLED} when it ended with an {@link InterruptedException}
     */
    public static int run(Callable<Integer> work) throws Exception {
        CountDownLatch finished = new CountDownLatch(1);
        Thread worker = Thread.currentThread();
        Thread end = new Thread(() -> end(worker, finished), "orderly end");
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return work.call();
        } catch (InterruptedException e) {
            return CANCELLED;
        } finally {
            stopWatching(end);
            finished.countDown();
        }
    }

    /** Asks this JVM to end when another process has: the one whose signals it would be told, which was killed. */
    public static void whenItEnds(Optional<ProcessHandle> other) {
        if (other.isPresent()) {
            Thread watch = new Thread(() -> exitAfter(other.get()), "watch of the launcher");
            watch.setDaemon(true);
            watch.start();
        }
    }

    private static void exitAfter(ProcessHandle other) {
        other.onExit().join();
        System.exit(CANCELLED);
    }

    private static void end(Thread worker, CountDownLatch finished) {
        worker.interrupt();
        try {
            boolean orderly = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!orderly) {
                System.err.println("buildkit-ci: did not end in time, files of this run may remain");
            }
        } catch (InterruptedException e) {
            // nobody interrupts this thread; if so, it ends at once
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(CANCELLED);
    }

    private static void stopWatching(Thread end) {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException ending) {
            // the JVM is being ended: the hook is at work and halts it
        }
    }
}
