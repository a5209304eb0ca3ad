package io.jenkins.plugins.buildkit.step;

import hudson.model.Run;
import io.buildkitci.build.Finished;
import io.buildkitci.build.Reports;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.Glyphs;
import io.buildkitci.report.TextReport;
import io.jenkins.plugins.buildkit.page.BuildkitAction;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/** Tells what came of a build: in the log, and as the step's result. */
record BuildEnding(Optional<BuildResult> result, Optional<Exception> failure) {
    /** @param run whose page is to show it */
    static BuildEnding tell(Finished finished, Redactor redactor, PrintStream log, Run<?, ?> run) {
        BuildReport report = Reports.of(finished);
        log.print(redactor.redact(new TextReport(Glyphs.UNICODE).render(report)));
        try {
            BuildkitAction.add(run, finished, redactor);
        } catch (IOException e) {
            log.println("the build's page has no files of this image build: " + e.getMessage());
        }
        log.flush();
        Optional<Exception> failure = StepFailure.of("The image was not built", finished, redactor);
        return new BuildEnding(
                failure.isPresent() ? Optional.empty() : Optional.of(BuildResult.of(finished, report, redactor)),
                failure);
    }
}
