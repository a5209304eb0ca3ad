package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.model.Run;
import io.buildkitci.console.PlainProgress;
import io.buildkitci.console.ProgressView;
import io.buildkitci.console.Shown;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.console.FoldableLog;
import io.jenkins.plugins.buildkit.detached.ClientEnd;
import io.jenkins.plugins.buildkit.detached.DetachedClient;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * A step whose client is a process of its own on the agent; what is kept of it here is where its files are, so that a
 * restarted controller takes it up again. See ADR 11.
 *
 * <p>Everything that talks to the agent happens in the background, one thing at a time.
 *
 * @param <T> what comes of the client's work
 */
public abstract class DurableExecution<T> extends AgentExecution {
    private static final long serialVersionUID = 1L;

    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private volatile @Nullable DetachedClient client;
    /** The first run. */
    private volatile long began;

    private transient volatile @Nullable RunningClient<T> running;
    /** Interrupts who prepares the work, for as long as that may be. */
    private final Stopping stopping = new Stopping();
    /** A client of before a restart is not followed yet; whoever takes it up sees to its end, too. */
    private transient boolean takingUp;

    /** Between two runs. */
    private transient volatile boolean pausing;

    DurableExecution(StepContext context, String buildx) {
        super(context, buildx);
    }

    /**
     * Checks what was asked for and makes ready all that the client needs.
     *
     * @param workspace goes when this throws
     */
    abstract DetachedWork<T> prepare(LiveAgent agent, Workspace workspace, Place place)
            throws IOException, InterruptedException;

    /** Finds the same out again for a client that was started before this controller. */
    abstract DetachedWork<T> prepareAgain(LiveAgent agent, Workspace workspace, Place place)
            throws IOException, InterruptedException;

    /** Tells what came of a run: what is then to be done, once nothing is left of it. */
    abstract Runnable next(T result, Redactor redactor, Place place) throws IOException, InterruptedException;

    @Override
    public boolean start() {
        Background.run(this::begin);
        return false;
    }

    @Override
    public void onResume() {
        Background.run(this::takeUp);
    }

    private void begin() {
        attempt(() -> {
            mayBeInterrupted();
            began = began == 0 ? Instant.now().toEpochMilli() : began;
            follow(RunningClient.begin(this, firstPlace()));
        });
    }

    /** A client that was never started, or is not known to have been, is started now. */
    private void takeUp() {
        DetachedClient known = client;
        if (known == null) {
            begin();
            return;
        }
        Place place;
        try {
            place = place();
        } catch (IOException e) {
            Background.later(this::takeUp, Heartbeat.UNREACHABLE_MILLIS); // the agent is not back yet
            return;
        } catch (InterruptedException e) {
            return; // by stop(), which sees to the rest
        }
        if (mayTakeUp()) {
            attempt(() -> follow(RunningClient.resume(this, known, place)));
        }
    }

    /** False when stop() was first, which sees to the rest. */
    private synchronized boolean mayTakeUp() {
        try {
            stopping.begin();
        } catch (InterruptedException e) {
            return false;
        }
        takingUp = true;
        return true;
    }

    private void follow(RunningClient<T> begun) {
        Optional<Throwable> cause;
        synchronized (this) {
            running = begun;
            takingUp = false;
            client = begun.client();
            cause = stopping.cause();
        }
        Background.keep(getContext());
        if (cause.isPresent()) {
            end(cause.get());
        } else {
            new Heartbeat<>(this, begun).begin();
        }
    }

    private synchronized void mayBeInterrupted() throws InterruptedException {
        pausing = false;
        stopping.begin();
    }

    /** What follows is short and has to be done whole: a client that is started must be known. */
    final void mayNotBeInterrupted() throws InterruptedException {
        if (wasInterrupted()) {
            throw new InterruptedException();
        }
    }

    /** The same, whether or not it was. */
    final boolean wasInterrupted() {
        return stopping.endInterrupted();
    }

    /** Runs what can fail before there is a client; says so to the pipeline. */
    private void attempt(Attempt work) {
        try {
            work.run();
        } catch (AbortException e) {
            failed(e);
        } catch (IOException e) {
            failed(orStopped(Faults.explained(e)));
        } catch (InterruptedException e) {
            failed(orStopped(e));
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            synchronized (this) {
                stopping.end();
                takingUp = false;
            }
        }
    }

    /** What the pipeline is told of a step that was stopped is why. */
    private Throwable orStopped(Exception fault) {
        Optional<Throwable> cause = stopping.cause();
        if (cause.isPresent() && !(fault instanceof InterruptedException)) {
            tell("buildx could not be ended: " + fault.getMessage());
        }
        return cause.orElse(fault);
    }

    /** Work that talks to the agent. */
    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    /** The client ended: its result is read and told, in the background, when the agent can be reached. */
    final void ended(ClientEnd end) {
        Background.run(() -> {
            RunningClient<T> known = running;
            if (known == null || stopping.cause().isPresent()) {
                return; // stop() sees to the rest
            }
            Place place;
            try {
                place = place();
            } catch (IOException e) {
                Background.later(() -> ended(end), Heartbeat.UNREACHABLE_MILLIS);
                return;
            } catch (InterruptedException e) {
                failed(e);
                return;
            }
            attempt(() -> known.finish(end, place).ifPresent(Runnable::run));
        });
    }

    /** Ends a client that takes too long, or of which nothing comes any more. */
    final void giveUp(RunningClient<T> known, Outcome why) {
        Background.run(() -> attempt(() -> known.end(why, place()).ifPresent(Runnable::run)));
    }

    /** What is to be kept is kept before it begins: a controller that is restarted meanwhile begins it at once. */
    final void runAgain(Duration pause) {
        synchronized (this) {
            if (stopping.cause().isPresent()) {
                return; // stop() sees to the rest
            }
            client = null;
            running = null;
            pausing = true;
        }
        Background.keep(getContext());
        Background.later(this::begin, pause.toMillis());
    }

    /** When the first run was. */
    final Instant began() {
        return Instant.ofEpochMilli(began);
    }

    /** Whether this is the run that is under way. */
    final boolean runs(RunningClient<T> known) {
        return running == known;
    }

    @Override
    public void stop(Throwable cause) {
        boolean started;
        boolean between;
        synchronized (this) {
            stopping.stop(cause);
            if (takingUp) {
                return; // the client is ended, and the pipeline told, when nothing of that is left
            }
            started = client != null;
            between = pausing;
        }
        if (started) {
            Background.run(() -> end(cause));
        } else if (between) {
            failed(cause);
        }
    }

    private void end(Throwable cause) {
        RunningClient<T> known = running;
        DetachedClient started = client;
        try {
            if (known != null) {
                known.abort(place());
            } else if (started != null) {
                RunningClient.abort(started, place());
            }
        } catch (IOException | InterruptedException e) {
            tell("buildx could not be ended: " + e.getMessage());
        } finally {
            failed(cause);
        }
    }

    final Run<?, ?> build() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }

    final ShownJournal journal() throws IOException, InterruptedException {
        return new ShownJournal(build().getRootDir().toPath(), id);
    }

    /** Shows in the log what the client tells, and what is shown there already not again. */
    final Supplier<ProgressView> view(Place place, Agent agent, Redactor redactor)
            throws IOException, InterruptedException {
        Shown shown = journal().open();
        return () ->
                new PlainProgress(FoldableLog.over(place.log()), agent.tools().clock(), redactor, false, shown);
    }

    @Override
    public String getStatus() {
        DetachedClient known = client;
        if (isOver()) {
            return "ended";
        }
        if (known == null) {
            return pausing ? "waiting to run the build again" : "preparing the build";
        }
        return (running == null ? "waiting for the agent of the buildx in " : "waiting for buildx, whose files are in ")
                + known.directory();
    }
}
