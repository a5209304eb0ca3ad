package io.jenkins.plugins.buildkit.cache;

import io.buildkitci.cacheservice.CacheService;
import io.buildkitci.cacheservice.http.Exchanged;
import io.buildkitci.local.Unguessable;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The service that runs in this Jenkins, as its configuration wants it. All that is done to it is done on one thread, in
 * the order it was asked for: whoever saves a form or deletes a job does not wait. The thread ends when there is nothing
 * to do.
 */
final class RunningService {
    private static final Logger LOG = Logger.getLogger(RunningService.class.getName());
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final ThreadPoolExecutor thread;
    private volatile State state = new Off();

    RunningService() {
        thread = new ThreadPoolExecutor(
                1, 1, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread made = new Thread(task, "buildkit-cache-keeper");
                    made.setDaemon(true);
                    return made;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    /** What has become of it. */
    sealed interface State {}

    /** It is not wanted. */
    record Off() implements State {}

    /** It answers. */
    record Running(CacheService service, Hosting hosting) implements State {
        /** Names no key. */
        @Override
        public String toString() {
            return "Running at " + service.address();
        }
    }

    /** It is wanted, and does not run. */
    record Failed(String reason) implements State {}

    /** As of now; work that was asked for may not have begun. */
    State state() {
        return state;
    }

    /** When all that was asked for up to now is done; or as of now where that takes longer. */
    State settled(Duration patience) throws InterruptedException {
        FutureTask<State> last = new FutureTask<>(this::state);
        thread.execute(last);
        try {
            return last.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            return state;
        }
    }

    /** Runs as wanted from soon on; one that runs so already is left as it is. */
    void run(Hosting wanted) {
        thread.execute(() -> {
            if (state instanceof Running running && running.hosting().equals(wanted)) {
                return;
            }
            end();
            state = started(wanted);
        });
    }

    /** Does not run for a reason that a person has to mend. */
    void refuse(String reason) {
        thread.execute(() -> {
            end();
            state = new Failed(reason);
        });
    }

    /** Is not wanted. */
    void off() {
        thread.execute(() -> {
            end();
            state = new Off();
        });
    }

    /** Something to be done when all is done that was asked for before. */
    void later(String what, Work work) {
        thread.execute(() -> {
            try {
                work.run();
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, e, () -> "the layer cache: " + what + " failed");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** What is done on the service's thread. */
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Ends it and waits for that. */
    void stop(Duration patience) {
        off();
        try {
            settled(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        if (state instanceof Running running) {
            state = new Off();
            running.service().close();
            LOG.info("the layer cache has stopped");
        }
    }

    private static State started(Hosting wanted) {
        try {
            if (wanted.settings().listen().isUnresolved()) {
                return failed("this machine does not know the address '"
                        + wanted.settings().listen().getHostString() + "'");
            }
            CacheService service = CacheService.start(
                    wanted.settings(), InstantSource.system(), Unguessable::bytes, RunningService::log);
            LOG.info(() -> "the layer cache listens at " + service.address() + " and keeps its layers in "
                    + wanted.settings().directory());
            return new Running(service, wanted);
        } catch (IOException | RuntimeException e) {
            return failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static State failed(String reason) {
        LOG.warning(() -> "the layer cache does not run: " + reason);
        return new Failed(reason);
    }

    private static void log(Exchanged exchanged) {
        LOG.fine(exchanged::toString);
    }
}
