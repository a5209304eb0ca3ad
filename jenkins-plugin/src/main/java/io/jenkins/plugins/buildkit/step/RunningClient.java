package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.detached.ClientEnd;
import io.jenkins.plugins.buildkit.detached.DetachedClient;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.detached.Follower;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A client that runs on an agent, as this controller sees it; made anew after a restart, never kept.
 *
 * @param <T> what comes of its work
 */
final class RunningClient<T> {
    private final DurableExecution<T> execution;
    private final LiveAgent agent;
    private final DetachedWork<T> work;
    private final DetachedClient client;
    private final Follower follower;
    private boolean closed;

    private RunningClient(DurableExecution<T> execution, LiveAgent agent, DetachedWork<T> work, DetachedClient client) {
        this.execution = execution;
        this.agent = agent;
        this.work = work;
        this.client = client;
        this.follower = new Follower(work.run(), work.run().files(), execution::ended);
    }

    /** Checks, prepares and starts; leaves nothing when it throws. */
    static <T> RunningClient<T> begin(DurableExecution<T> execution, Place place)
            throws IOException, InterruptedException {
        LiveAgent live = LiveAgent.of(execution, place);
        Agent agent = live.now();
        if (agent.obstacle().isPresent()) {
            throw new AbortException(agent.obstacle().get());
        }
        Workspace workspace = agent.tools().workspaces().open();
        boolean started = false;
        try {
            DetachedWork<T> work = execution.prepare(live, workspace, place);
            try {
                execution.mayNotBeInterrupted();
                DetachedClient client = DetachedClient.start(place, work.command(agent), workspace);
                started = true;
                return new RunningClient<>(execution, live, work, client);
            } finally {
                if (!started) {
                    work.run().close();
                }
            }
        } finally {
            if (!started) {
                boolean unused = execution.wasInterrupted();
                workspace.close();
            }
        }
    }

    /** Takes up a client that was started before this controller. */
    static <T> RunningClient<T> resume(DurableExecution<T> execution, DetachedClient client, Place place)
            throws IOException, InterruptedException {
        LiveAgent live = LiveAgent.of(execution, place);
        Workspace workspace = live.now().workspace(client.directory());
        boolean resumed = false;
        try {
            DetachedWork<T> work = execution.prepareAgain(live, workspace, place);
            try {
                execution.mayNotBeInterrupted();
                resumed = true;
                return new RunningClient<>(execution, live, work, client);
            } finally {
                if (!resumed) {
                    work.run().close();
                }
            }
        } finally {
            if (!resumed) {
                boolean unused = execution.wasInterrupted(); // what is left is to be ended all the same
                abort(client, place);
                execution.journal().remove();
                workspace.close();
            }
        }
    }

    DetachedClient client() {
        return client;
    }

    Follower follower() {
        return follower;
    }

    Redactor redactor() {
        return work.redactor();
    }

    /** How it is to be ended: it took too long, or nothing comes any more. */
    Optional<Outcome> overdue() {
        Optional<Duration> late =
                work.limit().filter(limit -> execution.began().plus(limit).isBefore(Instant.now()));
        return late.<Outcome>map(Outcome.TimedOut::new)
                .or(() -> work.run().stalled().map(Outcome.Stalled::new));
    }

    /** Reads what the client left, has it told, and removes every file; nothing when it was aborted meanwhile. */
    synchronized Optional<Runnable> finish(ClientEnd end, Place place) throws IOException, InterruptedException {
        return closed ? Optional.empty() : Optional.of(finished(() -> ended(end), place));
    }

    /** Ends the client; the rest as if it had ended. */
    synchronized Optional<Runnable> end(Outcome why, Place place) throws IOException, InterruptedException {
        if (closed) {
            return Optional.empty();
        }
        client.end(place);
        follower.stop();
        return Optional.of(finished(() -> ended(why), place));
    }

    /** Finds out what came of it. */
    private interface Reading<T> {
        T read() throws IOException, InterruptedException;
    }

    private Runnable finished(Reading<T> reading, Place place) throws IOException, InterruptedException {
        closed = true;
        try (Leaving leaving = new Leaving(client, agent, place)) {
            T result = reading.read();
            leaving.nothingIsNeeded();
            return execution.next(result, work.redactor(), place);
        } finally {
            execution.journal().remove();
        }
    }

    private T ended(ClientEnd end) throws IOException, InterruptedException {
        if (end.status().isEmpty()) {
            work.run().close();
            throw new AbortException("buildx vanished from the agent without an exit status\n"
                    + "  -> something ended it from outside: a restart of the agent's machine, too little memory, a"
                    + " workspace that was wiped");
        }
        Agent now = agent.now();
        if (end.status().getAsInt() != 0) {
            now.forget(); // what it failed for may be that something is gone
        }
        end.files().forEach((name, text) -> now.know(client.directory() + "/" + name, text));
        return ended(new Outcome.Exited(end.status().getAsInt()));
    }

    private T ended(Outcome outcome) throws InterruptedException {
        try {
            return work.run().end(outcome);
        } finally {
            work.run().close();
        }
    }

    /** Ends the client and BuildKit's work; removes every file. */
    synchronized void abort(Place place) throws IOException, InterruptedException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            client.end(place);
            follower.stop();
        } finally {
            work.run().close();
            execution.journal().remove();
            new Leaving(client, agent, place).close();
        }
    }

    /** The same where nothing but the client is known. */
    static void abort(DetachedClient client, Place place) throws IOException, InterruptedException {
        try {
            client.end(place);
        } finally {
            client.cleanUp(place);
            client.directory(place.directory()).deleteRecursive();
        }
    }
}
