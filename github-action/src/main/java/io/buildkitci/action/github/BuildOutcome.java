package io.buildkitci.action.github;

import com.fasterxml.jackson.core.JsonGenerator;
import io.buildkitci.action.runner.StepLog.Level;
import io.buildkitci.action.runner.StepLog.Spot;
import io.buildkitci.build.Finished;
import io.buildkitci.build.Reports;
import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.InputSpec;
import io.buildkitci.input.RawValue;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.Setting;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.FailureText;
import io.buildkitci.report.Glyphs;
import io.buildkitci.report.Image;
import io.buildkitci.report.Image.PlatformDigest;
import io.buildkitci.report.MarkdownReport;
import io.buildkitci.report.MarkdownReport.Section;
import io.buildkitci.report.TextReport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Tells what came of a build: in the log, as annotations, in the outputs and in the job summary. */
final class BuildOutcome {
    private final ActionRun run;
    private final Redactor redactor;

    BuildOutcome(ActionRun run, Redactor redactor) {
        this.run = run;
        this.redactor = redactor;
    }

    /** @return the exit code */
    int tell(Finished finished) {
        BuildReport report = Reports.of(finished);
        run.log().text().print(redactor.redact(new TextReport(Glyphs.UNICODE).render(report)));
        DockerfileSpots spots = DockerfileSpots.of(finished.request().source(), run.job());
        if (run.job().switches().checkAnnotations()) {
            report.remarks().warnings().forEach(warning -> warn(warning, spots));
        }
        report.image().ifPresent(this::image);
        finished.metadataJson().ifPresent(this::metadata);
        summary(report);
        finished.failure().ifPresent(failure -> fail(failure, spots));
        return finished.failure().map(BuildFailure::blame).map(Blame::exitCode).orElse(Blame.BUILT);
    }

    private void warn(BuildReport.CheckWarning warning, DockerfileSpots spots) {
        String more = warning.url().map(url -> "\nMore info: " + url).orElse("");
        run.log()
                .annotate(
                        Level.WARNING,
                        warning.rule(),
                        spots.of(warning.file(), warning.line()),
                        redactor.redact(warning.message() + more));
    }

    private void image(Image image) {
        run.output("imageid", image.imageId().orElse(""));
        run.output("digest", image.digest().orElse(""));
        run.output("digests", digests(image.platforms()));
    }

    /** Not made where nobody would see it: it takes a while. */
    private void summary(BuildReport report) {
        boolean wanted = run.job().switches().summary()
                && !ActionInputs.text(run.inputs(), "summary").orElse("").equalsIgnoreCase("false");
        if (!wanted || !run.files().takesSummaries()) {
            return;
        }
        String name = run.job().site().repository().orElse("");
        try {
            run.files().summary(MarkdownReport.render(report, Section.of(name, shownInputs())));
        } catch (IOException e) {
            run.log().warn("the job summary was not written: " + e.getMessage());
        }
    }

    private List<Setting> shownInputs() {
        List<Setting> shown = new ArrayList<>();
        run.inputs().given().forEach((name, given) -> {
            boolean secret =
                    BuildInputs.ALL.named(name).map(InputSpec::sensitive).orElse(true);
            if (!secret && given.value() instanceof RawValue.Text text) {
                String hidden = Credentials.hiddenIn(text.text().strip(), name.startsWith("build-arg"));
                shown.add(new Setting(name, redactor.redact(hidden)));
            }
        });
        return shown;
    }

    private static String digests(List<PlatformDigest> platforms) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = PlainJson.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            for (PlatformDigest platform : platforms) {
                json.writeStringField(platform.platform().render(), platform.digest());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of a StringWriter
        }
        return text.toString();
    }

    private void metadata(String json) {
        String shown = redactor.redact(json.strip());
        run.log().group("Metadata", shown.lines().toList());
        run.output("metadata", shown);
    }

    private void fail(BuildFailure failure, DockerfileSpots spots) {
        String text = new FailureText(Glyphs.UNICODE).untitled(failure);
        Spot spot = failure.place()
                .map(place -> spots.of(place.file(), place.line()))
                .orElse(Spot.NONE);
        run.log().annotate(Level.ERROR, "The build failed", spot, redactor.redact(text));
    }
}
