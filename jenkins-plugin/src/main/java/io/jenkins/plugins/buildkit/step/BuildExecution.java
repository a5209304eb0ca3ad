package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.buildkitci.build.Builds;
import io.buildkitci.build.Finished;
import io.buildkitci.build.Retrying;
import io.buildkitci.process.Outcome;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.detached.ClientEnd;
import io.jenkins.plugins.buildkit.detached.DetachedClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;

/**
 * One {@code buildkitBuild} that runs. Its client is a process of its own on the agent; what is kept of it here is where
 * its files are, so that a restarted controller takes it up again. See ADR 11.
 *
 * <p>Everything that talks to the agent happens in the background, one thing at a time.
 */
public final class BuildExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final String buildx;
    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private volatile @Nullable DetachedClient client;
    /** The first run. */
    private volatile long began;
    /** Runs that failed before the one that is under way, a sentence each. */
    private volatile ArrayList<String> earlier = new ArrayList<>();
    /** What this run leaves out because of them. */
    private volatile Retrying.Without without = Retrying.Without.NOTHING;
    /** The call for the builder that was found or made, so that a restarted controller takes the same one. */
    private volatile String settled = "";
    /** The cache service in use, sealed; empty for none. */
    private volatile String cache = "";
    /** Of {@link #buildx}, on the agent. */
    private volatile String program = "";

    private transient volatile @Nullable RunningBuild running;
    /** The thread that prepares the build, as long as it may be interrupted. */
    private transient @Nullable Thread preparing;

    private transient volatile @Nullable Throwable stopped;
    private transient volatile boolean over;

    /** @param buildx a tool's name; empty for the buildx of the agent */
    BuildExecution(StepContext context, BuildCall call, String buildx) {
        super(context);
        this.buildx = buildx;
        this.call = call.sealed();
    }

    @Override
    public boolean start() {
        Background.run(this::begin);
        return false;
    }

    @Override
    public void onResume() {
        Background.run(this::takeUp);
    }

    /** What the step works with, asked for anew each time: connections come and go. */
    DetachedClient.Place place() throws IOException, InterruptedException {
        StepContext context = getContext();
        return new DetachedClient.Place(
                context.get(FilePath.class),
                context.get(Launcher.class),
                BuildxTool.taking(program, context.get(EnvVars.class)),
                context.get(TaskListener.class));
    }

    private void begin() {
        attempt(() -> {
            mayBeInterrupted();
            endCache(); // of a run before, or of a start that a restart of the controller cut off
            began = began == 0 ? Instant.now().toEpochMilli() : began;
            DetachedClient.Place found = place();
            program = BuildxTool.program(buildx, found.directory(), found.environment(), found.log());
            follow(RunningBuild.begin(this, place()));
        });
    }

    /** A client that was never started, or is not known to have been, is started now. */
    private void takeUp() {
        DetachedClient known = client;
        if (known == null) {
            begin();
            return;
        }
        DetachedClient.Place place;
        try {
            place = place();
        } catch (IOException e) {
            Background.later(this::takeUp, Heartbeat.UNREACHABLE_MILLIS); // the agent is not back yet
            return;
        } catch (InterruptedException e) {
            return; // by stop(), which sees to the rest
        }
        attempt(() -> follow(RunningBuild.resume(this, known, place)));
    }

    private void follow(RunningBuild build) {
        Throwable cause;
        synchronized (this) {
            running = build;
            client = build.client();
            cause = stopped;
        }
        Background.keep(getContext());
        if (cause != null) {
            end(cause);
        } else {
            new Heartbeat(this, build).begin();
        }
    }

    private synchronized void mayBeInterrupted() throws InterruptedException {
        if (stopped != null) {
            throw new InterruptedException();
        }
        preparing = Thread.currentThread();
    }

    /** What follows is short and has to be done whole: a client that is started must be known. */
    synchronized void mayNotBeInterrupted() throws InterruptedException {
        preparing = null;
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Runs what can fail before there is a client; says so to the pipeline. */
    private void attempt(Attempt work) {
        try {
            work.run();
        } catch (AbortException e) {
            finish(e);
        } catch (IOException e) {
            finish(Faults.explained(e));
        } catch (InterruptedException e) {
            Throwable cause = stopped;
            finish(cause == null ? e : cause);
        } catch (RuntimeException e) {
            finish(e);
        } finally {
            synchronized (this) {
                preparing = null;
            }
        }
    }

    /** Work that talks to the agent. */
    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    /** The client ended: its result is read and told, in the background, when the agent can be reached. */
    void ended(ClientEnd end) {
        Background.run(() -> {
            RunningBuild build = running;
            if (build == null || stopped != null) {
                return; // stop() sees to the rest
            }
            DetachedClient.Place place;
            try {
                place = place();
            } catch (IOException e) {
                Background.later(() -> ended(end), Heartbeat.UNREACHABLE_MILLIS);
                return;
            } catch (InterruptedException e) {
                finish(e);
                return;
            }
            attempt(() -> build.finish(end, place, finished -> next(build, finished, place))
                    .ifPresent(Runnable::run));
        });
    }

    /** Ends a client that takes too long, or of which nothing comes any more. */
    void giveUp(RunningBuild build, Outcome why) {
        Background.run(() -> attempt(() -> {
            DetachedClient.Place place = place();
            build.end(why, place, finished -> next(build, finished, place)).ifPresent(Runnable::run);
        }));
    }

    /** Tells what came of a run: what is then to be done, once nothing is left of it. */
    private Runnable next(RunningBuild build, Finished last, DetachedClient.Place place)
            throws IOException, InterruptedException {
        Finished finished = last.after(earlier);
        Duration took = Duration.between(began(), Instant.now());
        Optional<Retrying.Again> again = Retrying.after(finished, took);
        if (again.isEmpty()) {
            BuildEnding ending =
                    BuildEnding.tell(finished, build.redactor(), place.log().getLogger(), build());
            return () -> tell(ending);
        }
        String sentence =
                again.get().sentence(earlier.size() + 1, finished.failure().orElseThrow(), took);
        tell(build.redactor().redact(sentence));
        return () -> runAgain(again.get(), sentence);
    }

    /** What is to be kept is kept before it begins: a controller that is restarted meanwhile begins it at once. */
    private void runAgain(Retrying.Again again, String sentence) {
        synchronized (this) {
            if (stopped != null) {
                return; // stop() sees to the rest
            }
            earlier = new ArrayList<>(earlier);
            earlier.add(sentence);
            without = without.and(again.without());
            client = null;
            running = null;
        }
        Background.keep(getContext());
        Background.later(this::begin, again.pause().toMillis());
    }

    /** What was found out, without what earlier runs showed to be of no use. */
    Builds.Ready again(Builds.Ready ready) {
        return ready.without(without);
    }

    Instant began() {
        return Instant.ofEpochMilli(began);
    }

    /** Whether this is the run that is under way. */
    boolean runs(RunningBuild build) {
        return running == build;
    }

    private void tell(BuildEnding ending) {
        if (ending.failure().isPresent()) {
            finish(ending.failure().get());
        } else if (claim()) {
            getContext().onSuccess(ending.result().orElseThrow());
        }
    }

    @Override
    public void stop(Throwable cause) {
        boolean started;
        boolean between;
        synchronized (this) {
            stopped = cause;
            started = client != null;
            between = !started && preparing == null && !earlier.isEmpty();
            if (preparing != null) {
                preparing.interrupt();
            }
        }
        if (started) {
            Background.run(() -> end(cause));
        } else if (between) {
            finish(cause);
        }
    }

    private void end(Throwable cause) {
        RunningBuild build = running;
        DetachedClient known = client;
        try {
            if (build != null) {
                build.abort(place());
            } else if (known != null) {
                RunningBuild.abort(known, place());
            }
        } catch (IOException | InterruptedException e) {
            tell("buildx could not be ended: " + e.getMessage());
        } finally {
            finish(cause);
        }
    }

    private void tell(String text) {
        try {
            getContext().get(TaskListener.class).getLogger().println(text);
        } catch (IOException | InterruptedException e) {
            Faults.LOGGER.warning(text);
        }
    }

    private void finish(Throwable cause) {
        if (claim()) {
            getContext().onFailure(cause);
        }
    }

    /** Whether it is ours to tell the pipeline the end: the first who asks. */
    private boolean claim() {
        boolean first;
        synchronized (this) {
            first = !over;
            over = true;
        }
        if (first) {
            Background.run(this::endCache);
        }
        return first;
    }

    /** Of the cache service that this step has been using, however it ends. */
    private void endCache() {
        KeptCache kept = cache();
        cache = "";
        kept.service().ifPresent(service -> JenkinsCache.end(service.pass()));
    }

    /** Of the build's cache service, for the rest of the build. */
    void keep(KeptCache used) {
        cache = used.sealed();
    }

    KeptCache cache() {
        return KeptCache.unsealed(cache == null ? "" : cache); // null in the state of an older version
    }

    boolean isOver() {
        return over;
    }

    /** Once it is settled with which builder. */
    BuildCall call() {
        return BuildCall.unsealed(settled);
    }

    /** Finds the builder that is asked for, or makes it. */
    void settle(Agent agent, DetachedClient.Place place) throws IOException, InterruptedException {
        settled = BuilderChoice.on(agent, place.directory(), place.log())
                .settle(BuildCall.unsealed(call), build())
                .sealed();
    }

    Run<?, ?> build() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }

    ShownJournal journal() throws IOException, InterruptedException {
        return new ShownJournal(build().getRootDir().toPath(), id);
    }

    @Override
    public String getStatus() {
        DetachedClient known = client;
        if (over) {
            return "ended";
        }
        if (known == null) {
            return "preparing the build";
        }
        return (running == null ? "waiting for the agent of the buildx in " : "waiting for buildx, whose files are in ")
                + known.directory();
    }
}
