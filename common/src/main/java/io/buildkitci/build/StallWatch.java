package io.buildkitci.build;

import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs a client in the calling thread, and ends it when nothing comes of what it waits for: a registry that
 * accepts and never answers would hold it for ever.
 */
final class StallWatch {
    private static final long LOOK_MILLIS = 500;

    private final ClientRun<?> client;
    private final Thread runner = Thread.currentThread();
    private boolean over;
    private Optional<Duration> stalled = Optional.empty();

    private StallWatch(ClientRun<?> client) {
        this.client = client;
    }

    /** @param limit of the client's whole run; empty means none */
    static Outcome run(ClientRun<?> client, ProcessRunner processes, Optional<Duration> limit)
            throws InterruptedException {
        return new StallWatch(client).watched(processes, limit);
    }

    private Outcome watched(ProcessRunner processes, Optional<Duration> limit) throws InterruptedException {
        Future<?> looks =
                Following.Clock.ALL.scheduleAtFixedRate(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        try {
            Outcome outcome = processes.run(limit.map(client.command()::within).orElseGet(client::command), client);
            return ended().<Outcome>map(Outcome.Stalled::new).orElse(outcome);
        } catch (InterruptedException e) {
            return ended().map(Outcome.Stalled::new).orElseThrow(() -> e);
        } finally {
            looks.cancel(false);
        }
    }

    private synchronized void look() {
        if (!over) {
            stalled = client.stalled();
            if (stalled.isPresent()) {
                over = true;
                runner.interrupt();
            }
        }
    }

    /** From here on nobody interrupts; an interrupt of ours that came too late is taken back. */
    private synchronized Optional<Duration> ended() {
        over = true;
        if (stalled.isPresent()) {
            Thread.interrupted();
        }
        return stalled;
    }
}
