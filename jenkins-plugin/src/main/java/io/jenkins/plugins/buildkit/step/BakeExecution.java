package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import io.buildkitci.build.BakeReports;
import io.buildkitci.build.Baked;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.report.BakeReport;
import io.buildkitci.report.BakeText;
import io.buildkitci.report.Glyphs;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.step.BakePreparation.Prepared;
import java.io.IOException;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One {@code buildkitBake} that runs. */
public final class BakeExecution extends DurableExecution<Baked> {
    private static final long serialVersionUID = 1L;

    private final String call;

    /** @param buildx a tool's name; empty for the buildx of the agent */
    BakeExecution(StepContext context, BuildCall call, String buildx) {
        super(context, buildx);
        this.call = call.sealed();
    }

    @Override
    DetachedWork<Baked> prepare(LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException {
        Prepared prepared = prepared(live, workspace);
        prepared.notices().forEach(notice -> place.log().getLogger().println("note: " + notice.render()));
        Redactor redactor = prepared.redactor();
        return new DetachedWork<>(
                prepared.bakes()
                        .begin(prepared.ready(), workspace, view(place, live.now(), redactor), redactor, began()),
                prepared.handed().environment(),
                redactor,
                Optional.empty());
    }

    @Override
    DetachedWork<Baked> prepareAgain(LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException {
        Prepared prepared = prepared(live, workspace);
        Redactor redactor = prepared.redactor();
        return new DetachedWork<>(
                prepared.bakes()
                        .resume(prepared.ready(), workspace, view(place, live.now(), redactor), redactor, began()),
                prepared.handed().environment(),
                redactor,
                Optional.empty());
    }

    private Prepared prepared(LiveAgent live, Workspace workspace) throws IOException, InterruptedException {
        return new BakePreparation(BuildCall.unsealed(call), live, build()).prepare(workspace);
    }

    @Override
    Runnable next(Baked baked, Redactor redactor, Place place) {
        BakeReport report = BakeReports.of(baked);
        place.log().getLogger().print(redactor.redact(new BakeText(Glyphs.UNICODE).render(report)));
        Optional<BuildFailure> failure = baked.failure();
        if (failure.isPresent()) {
            String text = redactor.redact(StepFailure.text("The images were not built", failure.get()));
            return () -> failed(new AbortException(text));
        }
        BakeResult result =
                BakeResult.of(report, redactor.redact(baked.metadataJson().orElse("")));
        return () -> succeeded(result);
    }
}
