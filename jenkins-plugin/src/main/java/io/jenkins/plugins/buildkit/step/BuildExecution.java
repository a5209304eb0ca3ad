package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import io.buildkitci.build.Builds;
import io.buildkitci.build.Finished;
import io.buildkitci.build.OpenedCache;
import io.buildkitci.build.Retrying;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.step.BuildPreparation.Prepared;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One {@code buildkitBuild} that runs. */
public final class BuildExecution extends DurableExecution<Finished> {
    private static final long serialVersionUID = 1L;

    private final String call;
    /** Runs that failed before the one that is under way, a sentence each. */
    private volatile ArrayList<String> earlier = new ArrayList<>();
    /** What this run leaves out because of them. */
    private volatile Retrying.Without without = Retrying.Without.NOTHING;
    /** The call for the builder that was found or made, so that a restarted controller takes the same one. */
    private volatile String settled = "";
    /** The cache service in use, sealed; empty for none. */
    private volatile String cache = "";

    /** @param buildx a tool's name; empty for the buildx of the agent */
    BuildExecution(StepContext context, BuildCall call, String buildx) {
        super(context, buildx);
        this.call = call.sealed();
    }

    @Override
    DetachedWork<Finished> prepare(LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException {
        endCache(); // of a run before, or of a start that a restart of the controller cut off
        Agent agent = live.now();
        settled = BuilderChoice.on(agent, place.directory(), place.log())
                .settle(BuildCall.unsealed(call), build())
                .sealed();
        BuildPreparation preparation = preparation(live);
        Prepared found = prepared(preparation, workspace);
        OpenedCache opened = JenkinsCache.open(found, build());
        cache = KeptCache.of(opened).sealed(); // it is ended when the step ends
        Prepared prepared = preparation.with(opened.ready(), found);
        prepared.notices().forEach(notice -> place.log().getLogger().println("note: " + notice.render()));
        Builds.Begun begun = prepared.builds()
                .begin(
                        prepared.ready().without(without),
                        workspace,
                        view(place, agent, prepared.redactor()),
                        prepared.redactor(),
                        began());
        return work(begun, prepared, place);
    }

    @Override
    DetachedWork<Finished> prepareAgain(LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException {
        BuildPreparation preparation = preparation(live);
        Prepared found = prepared(preparation, workspace);
        KeptCache kept = kept();
        Prepared prepared =
                preparation.with(Builds.again(found.ready(), found.scope(), kept.service(), kept.notes()), found);
        Builds.Begun begun = prepared.builds()
                .resume(
                        prepared.ready().without(without),
                        workspace,
                        view(place, live.now(), prepared.redactor()),
                        prepared.redactor(),
                        began());
        return work(begun, prepared, place);
    }

    private BuildPreparation preparation(LiveAgent live) throws IOException, InterruptedException {
        return new BuildPreparation(BuildCall.unsealed(settled), live.now(), live.tools(), build());
    }

    private static Prepared prepared(BuildPreparation preparation, Workspace workspace)
            throws IOException, InterruptedException {
        BuildPreparation.Outcome outcome = preparation.prepare(workspace);
        if (outcome instanceof BuildPreparation.Refused refused) {
            throw new AbortException(refused.text());
        }
        return (Prepared) outcome;
    }

    private DetachedWork<Finished> work(Builds.Begun begun, Prepared prepared, Place place)
            throws IOException, InterruptedException {
        if (begun instanceof Builds.NotBegun none) {
            BuildEnding ending = BuildEnding.tell(
                    none.finished(), prepared.redactor(), place.log().getLogger(), build());
            throw new AbortException(ending.failure().orElseThrow().getMessage());
        }
        return new DetachedWork<>(
                ((Builds.UnderWay) begun).run(),
                prepared.handed().environment(),
                prepared.redactor(),
                prepared.ready().request().patience().timeout());
    }

    @Override
    Runnable next(Finished last, Redactor redactor, Place place) throws IOException, InterruptedException {
        Finished finished = last.after(earlier);
        Duration took = Duration.between(began(), Instant.now());
        Optional<Retrying.Again> again = Retrying.after(finished, took);
        if (again.isEmpty()) {
            BuildEnding ending =
                    BuildEnding.tell(finished, redactor, place.log().getLogger(), build());
            return () -> ending.failure()
                    .ifPresentOrElse(
                            this::failed, () -> succeeded(ending.result().orElseThrow()));
        }
        String sentence =
                again.get().sentence(earlier.size() + 1, finished.failure().orElseThrow(), took);
        tell(redactor.redact(sentence));
        return () -> {
            ArrayList<String> runs = new ArrayList<>(earlier);
            runs.add(sentence);
            earlier = runs;
            without = without.and(again.get().without());
            runAgain(again.get().pause());
        };
    }

    @Override
    void leave() {
        endCache();
    }

    /** Of the cache service that this step has been using. */
    private void endCache() {
        KeptCache known = kept();
        cache = "";
        known.service().ifPresent(service -> JenkinsCache.end(service.pass()));
    }

    private KeptCache kept() {
        return KeptCache.unsealed(cache == null ? "" : cache); // null in the state of an older version
    }
}
