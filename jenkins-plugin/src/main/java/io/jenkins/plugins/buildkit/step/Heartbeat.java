package io.jenkins.plugins.buildkit.step;

import hudson.FilePath;
import io.buildkitci.process.Outcome;
import io.jenkins.plugins.buildkit.detached.DetachedClient;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

/**
 * The slow look of the controller after a client that is watched on the agent: begins another watch when the connection
 * is another one, and gives up a client that vanished. Costs no call over the network while the watch is alive.
 *
 * @param <T> what comes of its work
 */
final class Heartbeat<T> {
    /** Between two looks for an agent that is away. */
    static final long UNREACHABLE_MILLIS = 1000;

    private static final long FIRST_MILLIS = 1000;
    private static final long LAST_MILLIS = 15_000;

    /** Asking whether the process lives costs a call. */
    private static final long ASKED_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final DurableExecution<T> execution;
    private final RunningClient<T> running;
    private long delay = FIRST_MILLIS;
    private long asked = System.nanoTime();
    private int overSeen;

    Heartbeat(DurableExecution<T> execution, RunningClient<T> running) {
        this.execution = execution;
        this.running = running;
    }

    void begin() {
        beat();
    }

    private void beat() {
        if (execution.isOver() || !execution.runs(running)) {
            return;
        }
        try {
            Place place = execution.place();
            Optional<Outcome> overdue = running.overdue();
            if (overdue.isPresent()) {
                execution.giveUp(running, overdue.get());
                return;
            }
            FilePath directory = running.client().directory(place.directory());
            if (running.follower().isBlind(directory)) {
                running.follower().watch(directory);
                delay = FIRST_MILLIS;
            }
            if (System.nanoTime() - asked > ASKED_NANOS) {
                askAfter(running.client(), place);
            }
        } catch (IOException | RuntimeException e) {
            Faults.LOGGER.log(Level.FINE, "the agent cannot be reached; trying again", e);
        } catch (InterruptedException e) {
            Faults.LOGGER.log(Level.FINE, "interrupted, trying again", e);
        }
        Background.later(this::beat, delay);
        delay = Math.min(LAST_MILLIS, delay * 3 / 2);
    }

    /** Twice over and nothing heard: the watch has failed, or the process vanished without a trace. */
    private void askAfter(DetachedClient client, Place place) throws IOException, InterruptedException {
        asked = System.nanoTime();
        overSeen = client.isOver(place) ? overSeen + 1 : 0;
        if (overSeen >= 2) {
            running.follower().giveUp();
        }
    }
}
