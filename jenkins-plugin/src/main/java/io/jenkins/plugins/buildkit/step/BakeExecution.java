package io.jenkins.plugins.buildkit.step;

import io.buildkitci.build.BakeReports;
import io.buildkitci.build.Baked;
import io.buildkitci.build.ClientRun;
import io.buildkitci.build.OpenedBake;
import io.buildkitci.input.BakeInputs;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.report.BakeReport;
import io.buildkitci.report.BakeText;
import io.buildkitci.report.Glyphs;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import io.jenkins.plugins.buildkit.page.BuildkitAction;
import io.jenkins.plugins.buildkit.step.BakePreparation.Prepared;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One {@code buildkitBake} that runs. */
public final class BakeExecution extends ImageExecution<Baked> {
    private static final long serialVersionUID = 1L;

    /** @param buildx a tool's name; empty for the buildx of the agent */
    BakeExecution(StepContext context, BuildCall call, String buildx) {
        super(context, call, buildx);
    }

    @Override
    ImageArguments.Check check() {
        return BakeInputs::check;
    }

    @Override
    DetachedWork<Baked> prepare(Chosen chosen, LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException {
        Prepared found = prepared(chosen, live, workspace);
        OpenedBake opened = JenkinsCache.open(found, build());
        use(opened.cache());
        Prepared prepared = found.with(opened.ready().without(without()));
        prepared.notices().forEach(notice -> place.log().getLogger().println("note: " + notice.render()));
        Redactor redactor = prepared.redactor();
        return work(
                prepared,
                prepared.bakes()
                        .begin(prepared.ready(), workspace, view(place, live.now(), redactor), redactor, began()));
    }

    @Override
    DetachedWork<Baked> prepareAgain(Chosen chosen, LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException {
        Prepared found = prepared(chosen, live, workspace);
        KeptCache kept = kept();
        Prepared prepared = found.with(
                OpenedBake.again(found.ready(), kept.service(), kept.notes()).without(without()));
        Redactor redactor = prepared.redactor();
        return work(
                prepared,
                prepared.bakes()
                        .resume(prepared.ready(), workspace, view(place, live.now(), redactor), redactor, began()));
    }

    private Prepared prepared(Chosen chosen, LiveAgent live, Workspace workspace)
            throws IOException, InterruptedException {
        return new BakePreparation(chosen, live, build()).prepare(workspace);
    }

    private static DetachedWork<Baked> work(Prepared prepared, ClientRun<Baked> run) {
        return new DetachedWork<>(
                run,
                prepared.handed().environment(),
                prepared.redactor(),
                prepared.ready().plan().request().patience().timeout());
    }

    @Override
    Runnable ending(Baked baked, Redactor redactor, PrintStream log) throws IOException, InterruptedException {
        BakeReport report = BakeReports.of(baked);
        log.print(redactor.redact(new BakeText(Glyphs.UNICODE).render(report)));
        try {
            BuildkitAction.add(build(), baked, redactor);
        } catch (IOException e) {
            log.println("the build's page has no files of these image builds: " + e.getMessage());
        }
        log.flush();
        Optional<Exception> failure = StepFailure.of("The images were not built", baked, redactor);
        if (failure.isPresent()) {
            return () -> failed(failure.get());
        }
        BakeResult result =
                BakeResult.of(report, redactor.redact(baked.metadataJson().orElse("")));
        return () -> succeeded(result);
    }
}
