package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import io.buildkitci.build.Builds;
import io.buildkitci.build.Finished;
import io.buildkitci.build.OpenedCache;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.step.BuildPreparation.Prepared;
import java.io.IOException;
import java.io.PrintStream;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One {@code buildkitBuild} that runs. */
public final class BuildExecution extends ImageExecution<Finished> {
    private static final long serialVersionUID = 1L;

    /** @param buildx a tool's name; empty for the buildx of the agent */
    BuildExecution(StepContext context, BuildCall call, String buildx) {
        super(context, call, buildx);
    }

    @Override
    ImageArguments.Check check() {
        return BuildInputs::check;
    }

    @Override
    DetachedWork<Finished> prepare(Chosen chosen, LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException {
        BuildPreparation preparation = preparation(chosen, live);
        Prepared found = preparation.prepare(workspace);
        OpenedCache opened = JenkinsCache.open(found, build());
        use(opened);
        Prepared prepared = preparation.with(opened.ready(), found);
        prepared.notices().forEach(notice -> place.log().getLogger().println("note: " + notice.render()));
        Builds.Begun begun = prepared.builds()
                .begin(
                        prepared.ready().without(without()),
                        workspace,
                        view(place, live.now(), prepared.redactor()),
                        prepared.redactor(),
                        began());
        return work(begun, prepared, place);
    }

    @Override
    DetachedWork<Finished> prepareAgain(Chosen chosen, LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException {
        BuildPreparation preparation = preparation(chosen, live);
        Prepared found = preparation.prepare(workspace);
        KeptCache kept = kept();
        Prepared prepared =
                preparation.with(Builds.again(found.ready(), found.scope(), kept.service(), kept.notes()), found);
        Builds.Begun begun = prepared.builds()
                .resume(
                        prepared.ready().without(without()),
                        workspace,
                        view(place, live.now(), prepared.redactor()),
                        prepared.redactor(),
                        began());
        return work(begun, prepared, place);
    }

    private BuildPreparation preparation(Chosen chosen, LiveAgent live) throws IOException, InterruptedException {
        return new BuildPreparation(chosen, live.now(), live.tools(), build());
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
    Runnable ending(Finished finished, Redactor redactor, PrintStream log) throws IOException, InterruptedException {
        BuildEnding ending = BuildEnding.tell(finished, redactor, log, build());
        return () -> ending.failure()
                .ifPresentOrElse(this::failed, () -> succeeded(ending.result().orElseThrow()));
    }
}
