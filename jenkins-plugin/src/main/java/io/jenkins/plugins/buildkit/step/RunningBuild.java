package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import io.buildkitci.build.Builds;
import io.buildkitci.build.BuildxRun;
import io.buildkitci.build.Finished;
import io.buildkitci.build.OpenedCache;
import io.buildkitci.console.PlainProgress;
import io.buildkitci.console.ProgressView;
import io.buildkitci.console.Shown;
import io.buildkitci.model.Patience;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.Command;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.console.FoldableLog;
import io.jenkins.plugins.buildkit.detached.ClientEnd;
import io.jenkins.plugins.buildkit.detached.DetachedClient;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.detached.Follower;
import io.jenkins.plugins.buildkit.step.BuildPreparation.Prepared;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A build whose client runs on the agent, as this controller sees it; made anew after a restart, never kept. */
final class RunningBuild {
    private final BuildExecution execution;
    private final LiveAgent agent;
    private final BuildxRun run;
    private final Patience patience;
    private final Redactor redactor;
    private final DetachedClient client;
    private final Follower follower;
    private boolean closed;

    private RunningBuild(
            BuildExecution execution, LiveAgent agent, BuildxRun run, Prepared prepared, DetachedClient client) {
        this.execution = execution;
        this.agent = agent;
        this.run = run;
        this.patience = prepared.ready().request().patience();
        this.redactor = prepared.redactor();
        this.client = client;
        this.follower = new Follower(run, List.of(RunPlace.METADATA, RunPlace.IMAGE_ID), execution::ended);
    }

    /** Checks, prepares and starts; leaves nothing when it throws. */
    static RunningBuild begin(BuildExecution execution, Place place) throws IOException, InterruptedException {
        LiveAgent live = LiveAgent.of(execution, place);
        Agent agent = live.now();
        execution.settle(agent, place);
        Workspace workspace = agent.tools().workspaces().open();
        boolean started = false;
        try {
            BuildPreparation preparation = preparation(execution, live);
            Prepared found = prepared(preparation, workspace);
            OpenedCache cache = JenkinsCache.open(found, execution.build());
            execution.keep(KeptCache.of(cache)); // which ends it when the step ends
            Prepared prepared = preparation.with(cache.ready(), found);
            PrintStream log = place.log().getLogger();
            prepared.notices().forEach(notice -> log.println("note: " + notice.render()));
            Builds.Begun begun = prepared.builds()
                    .begin(
                            execution.again(prepared.ready()),
                            workspace,
                            view(execution, place, agent, prepared),
                            prepared.redactor(),
                            execution.began());
            BuildxRun run = underWay(begun, prepared, place, execution);
            try {
                execution.mayNotBeInterrupted();
                DetachedClient client = DetachedClient.start(place, command(run, prepared, agent), workspace);
                started = true;
                return new RunningBuild(execution, live, run, prepared, client);
            } finally {
                if (!started) {
                    run.close();
                }
            }
        } finally {
            if (!started) {
                workspace.close();
            }
        }
    }

    /** Takes up a client that was started before this controller. */
    static RunningBuild resume(BuildExecution execution, DetachedClient client, Place place)
            throws IOException, InterruptedException {
        LiveAgent live = LiveAgent.of(execution, place);
        Agent agent = live.now();
        Workspace workspace = agent.workspace(client.directory());
        boolean resumed = false;
        try {
            BuildPreparation preparation = preparation(execution, live);
            Prepared found = prepared(preparation, workspace);
            KeptCache kept = execution.cache();
            Prepared prepared =
                    preparation.with(Builds.again(found.ready(), found.scope(), kept.service(), kept.notes()), found);
            Builds.Begun begun = prepared.builds()
                    .resume(
                            execution.again(prepared.ready()),
                            workspace,
                            view(execution, place, agent, prepared),
                            prepared.redactor(),
                            execution.began());
            BuildxRun run = underWay(begun, prepared, place, execution);
            resumed = true;
            return new RunningBuild(execution, live, run, prepared, client);
        } finally {
            if (!resumed) {
                abort(client, place);
                workspace.close();
            }
        }
    }

    private static BuildPreparation preparation(BuildExecution execution, LiveAgent live)
            throws IOException, InterruptedException {
        return new BuildPreparation(execution.call(), live.now(), live.tools(), execution.build());
    }

    private static Prepared prepared(BuildPreparation preparation, Workspace workspace)
            throws IOException, InterruptedException {
        BuildPreparation.Outcome outcome = preparation.prepare(workspace);
        if (outcome instanceof BuildPreparation.Refused refused) {
            throw new AbortException(refused.text());
        }
        return (Prepared) outcome;
    }

    private static BuildxRun underWay(Builds.Begun begun, Prepared prepared, Place place, BuildExecution execution)
            throws IOException, InterruptedException {
        if (begun instanceof Builds.NotBegun none) {
            BuildEnding ending = BuildEnding.tell(
                    none.finished(), prepared.redactor(), place.log().getLogger(), execution.build());
            throw new AbortException(ending.failure().orElseThrow().getMessage());
        }
        return ((Builds.UnderWay) begun).run();
    }

    static Command command(BuildxRun run, Prepared prepared, Agent agent) {
        Map<String, String> environment = new HashMap<>(agent.keptBuilders());
        environment.putAll(prepared.handed().environment());
        environment.putAll(run.command().environment());
        return run.command().withEnvironment(environment);
    }

    private static Supplier<ProgressView> view(BuildExecution execution, Place place, Agent agent, Prepared prepared)
            throws IOException, InterruptedException {
        Shown shown = execution.journal().open();
        return () -> new PlainProgress(
                FoldableLog.over(place.log()), agent.tools().clock(), prepared.redactor(), false, shown);
    }

    DetachedClient client() {
        return client;
    }

    Follower follower() {
        return follower;
    }

    Redactor redactor() {
        return redactor;
    }

    /** How it is to be ended: it took too long, or nothing comes any more. */
    Optional<Outcome> overdue() {
        Optional<Duration> late =
                patience.timeout().filter(limit -> execution.began().plus(limit).isBefore(Instant.now()));
        return late.<Outcome>map(Outcome.TimedOut::new).or(() -> run.stalled().map(Outcome.Stalled::new));
    }

    /** Tells what came of it, while the files go. */
    interface Telling<T> {
        T tell(Finished finished) throws IOException, InterruptedException;
    }

    /** Reads what the client left, has it told, and removes every file; nothing when it was aborted meanwhile. */
    synchronized <T> Optional<T> finish(ClientEnd end, Place place, Telling<T> telling)
            throws IOException, InterruptedException {
        return closed ? Optional.empty() : Optional.of(finished(() -> ended(end), place, telling));
    }

    /** Ends the client; the rest as if it had ended. */
    synchronized <T> Optional<T> end(Outcome why, Place place, Telling<T> telling)
            throws IOException, InterruptedException {
        if (closed) {
            return Optional.empty();
        }
        client.end(place);
        follower.stop();
        return Optional.of(finished(() -> ended(why), place, telling));
    }

    /** Finds out what came of it. */
    private interface Reading {
        Finished read() throws IOException, InterruptedException;
    }

    private <T> T finished(Reading reading, Place place, Telling<T> telling) throws IOException, InterruptedException {
        closed = true;
        try (Leaving leaving = new Leaving(client, agent, place)) {
            Finished finished = reading.read();
            leaving.nothingIsNeeded();
            return telling.tell(finished);
        } finally {
            execution.journal().remove();
        }
    }

    private Finished ended(ClientEnd end) throws IOException, InterruptedException {
        if (end.status().isEmpty()) {
            run.close();
            throw new AbortException("buildx vanished from the agent without an exit status\n"
                    + "  -> something ended it from outside: a restart of the agent's machine, too little memory, a"
                    + " workspace that was wiped");
        }
        Agent now = agent.now();
        end.files().forEach((name, text) -> now.know(client.directory() + "/" + name, text));
        return ended(new Outcome.Exited(end.status().getAsInt()));
    }

    private Finished ended(Outcome outcome) throws InterruptedException {
        try {
            return run.end(outcome);
        } finally {
            run.close();
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
            run.close();
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
