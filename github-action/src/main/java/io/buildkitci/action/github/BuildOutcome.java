package io.buildkitci.action.github;

import com.fasterxml.jackson.core.JsonGenerator;
import io.buildkitci.action.runner.StepLog.Level;
import io.buildkitci.action.runner.StepLog.Spot;
import io.buildkitci.build.Finished;
import io.buildkitci.build.Reports;
import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.json.PlainJson;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.Glyphs;
import io.buildkitci.report.Image;
import io.buildkitci.report.Image.PlatformDigest;
import io.buildkitci.report.TextReport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Tells what came of a build: in the log, as annotations, in the outputs and in the job summary. */
final class BuildOutcome {
    private static final int MOST_LINES = 10;

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
        List<String> details = failure.details();
        List<String> last = details.subList(Math.max(0, details.size() - MOST_LINES), details.size());
        StringBuilder text = new StringBuilder(failure.message());
        last.forEach(line -> text.append("\n| ").append(line));
        text.append("\n-> ")
                .append(failure.advice())
                .append("  [")
                .append(failure.code().id())
                .append(']');
        Spot spot = failure.place()
                .map(place -> spots.of(place.file(), place.line()))
                .orElse(Spot.NONE);
        run.log().annotate(Level.ERROR, "The build failed", spot, redactor.redact(text.toString()));
    }
}
