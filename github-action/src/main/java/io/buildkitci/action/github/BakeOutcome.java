package io.buildkitci.action.github;

import io.buildkitci.action.runner.StepLog.Level;
import io.buildkitci.action.runner.StepLog.Spot;
import io.buildkitci.build.BakeReports;
import io.buildkitci.build.Baked;
import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.InputSpec;
import io.buildkitci.input.RawValue;
import io.buildkitci.json.JsonText;
import io.buildkitci.model.Setting;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BakeMarkdown;
import io.buildkitci.report.BakeReport;
import io.buildkitci.report.BakeText;
import io.buildkitci.report.FailureText;
import io.buildkitci.report.Glyphs;
import io.buildkitci.report.Image;
import io.buildkitci.report.MarkdownReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells what came of a bake: in the log, as an annotation, in the outputs and in the job summary. */
record BakeOutcome(ActionRun run, Redactor redactor) {
    /** @return the exit code */
    int tell(Baked baked) {
        BakeReport report = BakeReports.of(baked);
        run.log().text().print(redactor.redact(new BakeText(Glyphs.UNICODE).render(report)));
        baked.metadataJson().ifPresent(json -> {
            String shown = redactor.redact(json.strip());
            run.log().group("Metadata", shown.lines().toList());
            run.output("metadata", shown);
        });
        Map<String, String> digests = new LinkedHashMap<>();
        report.targets()
                .forEach(target -> target.report()
                        .image()
                        .flatMap(Image::digest)
                        .ifPresent(digest -> digests.put(target.name(), digest)));
        run.output("digests", JsonText.line(digests));
        summary(report);
        baked.failure().ifPresent(this::fail);
        return baked.failure().map(BuildFailure::blame).map(Blame::exitCode).orElse(Blame.BUILT);
    }

    private void fail(BuildFailure failure) {
        String text = new FailureText(Glyphs.UNICODE).untitled(failure);
        run.log().annotate(Level.ERROR, "The build failed", Spot.NONE, redactor.redact(text));
    }

    private void summary(BakeReport report) {
        boolean wanted = run.job().switches().summary()
                && !ActionInputs.text(run.inputs(), "summary").orElse("").equalsIgnoreCase("false");
        if (!wanted || !run.files().takesSummaries()) {
            return;
        }
        try {
            run.files().summary(BakeMarkdown.render(report, shownInputs(), MarkdownReport.STEP_SUMMARY_LIMIT));
        } catch (IOException e) {
            run.log().warn("the job summary was not written: " + e.getMessage());
        }
    }

    private List<Setting> shownInputs() {
        List<Setting> shown = new ArrayList<>();
        run.inputs().given().forEach((name, given) -> {
            boolean secret =
                    BakeInputs.ALL.named(name).map(InputSpec::sensitive).orElse(true);
            if (!secret && given.value() instanceof RawValue.Text text) {
                String hidden = Credentials.hiddenIn(text.text().strip(), name.equals("vars"));
                shown.add(new Setting(name, redactor.redact(hidden)));
            }
        });
        return shown;
    }
}
