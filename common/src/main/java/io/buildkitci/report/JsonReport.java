package io.buildkitci.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailedStep;
import io.buildkitci.failure.Place;
import io.buildkitci.model.Driver;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A report for programs: one JSON object whose keys stay as they are; new ones may come. Keys whose value is not known
 * are absent, lists are always there, times are seconds.
 *
 * <pre>
 * outcome         built | failed | cancelled
 * exitCode        0, or as {@link Blame} says
 * attempts
 * builder         name, driver
 * platforms[]     platform, digest, emulator (absent: none), runnable (false: neither native nor emulated)
 * image           digest, imageId, tags[], pushed, pull
 * steps           total, cached, run, slowest[]: name, platform, seconds
 * seconds         total, build, export, push, cacheExport
 * warnings[]      rule, message, file, line, url
 * notes[]
 * answer          what was asked of the Dockerfile instead of building it; absent for a build
 * failure         code, blame, retryable, message, advice, file, line, lastLine, step, platform, stage, output[]
 * </pre>
 */
public final class JsonReport {
    private JsonReport() {}

    /** Indented, without a line feed at the end. */
    public static String render(BuildReport report) {
        return of(report).toPrettyString();
    }

    static ObjectNode of(BuildReport report) {
        ObjectNode json = object();
        Optional<BuildFailure> failure = report.result().failure();
        json.put("outcome", report.result().word());
        json.put("exitCode", failure.map(f -> f.blame().exitCode()).orElse(Blame.BUILT));
        json.put("attempts", report.attempts());
        json.set("builder", builder(report.builder()));
        json.set("platforms", platforms(report));
        report.image().ifPresent(image -> json.set("image", image(image)));
        json.set("steps", steps(report.work().steps()));
        json.set("seconds", seconds(report.work().times()));
        json.set("warnings", warnings(report.remarks().warnings()));
        json.set("notes", texts(report.remarks().notes()));
        if (!report.remarks().answer().isEmpty()) {
            json.put("answer", String.join("\n", report.remarks().answer()));
        }
        failure.ifPresent(f -> json.set("failure", failure(f)));
        return json;
    }

    private static ObjectNode builder(BuilderUsed builder) {
        ObjectNode json = object().put("name", builder.name());
        builder.driver().map(Driver::render).ifPresent(driver -> json.put("driver", driver));
        return json;
    }

    private static ArrayNode platforms(BuildReport report) {
        ArrayNode json = array();
        List<Image.PlatformDigest> digests =
                report.image().map(Image::platforms).orElse(List.of());
        for (BuilderUsed.PlatformRun run : report.builder().platforms()) {
            ObjectNode platform =
                    json.addObject().put("platform", run.platform().render());
            digests.stream()
                    .filter(built -> built.platform().equals(run.platform()))
                    .forEach(built -> platform.put("digest", built.digest()));
            run.emulator().ifPresent(path -> platform.put("emulator", path));
            if (!run.runnable()) {
                platform.put("runnable", false);
            }
        }
        return json;
    }

    private static ObjectNode image(Image image) {
        ObjectNode json = object();
        image.digest().ifPresent(digest -> json.put("digest", digest));
        image.imageId().ifPresent(id -> json.put("imageId", id));
        json.set("tags", texts(image.tags().stream().map(ImageRef::render).toList()));
        json.put("pushed", image.pushed());
        image.pullCommand().ifPresent(command -> json.put("pull", command));
        return json;
    }

    private static ObjectNode steps(Work.Steps steps) {
        ObjectNode json = object();
        json.put("total", steps.total()).put("cached", steps.cached()).put("run", steps.run());
        ArrayNode slowest = json.putArray("slowest");
        for (Work.SlowStep step : steps.slowest()) {
            ObjectNode entry = slowest.addObject().put("name", step.name());
            step.platform().map(Platform::render).ifPresent(platform -> entry.put("platform", platform));
            entry.put("seconds", inSeconds(step.time()));
        }
        return json;
    }

    private static ObjectNode seconds(Work.Times times) {
        ObjectNode json = object().put("total", inSeconds(times.total()));
        times.build().ifPresent(time -> json.put("build", inSeconds(time)));
        times.export().ifPresent(time -> json.put("export", inSeconds(time)));
        times.push().ifPresent(time -> json.put("push", inSeconds(time)));
        times.cacheExport().ifPresent(time -> json.put("cacheExport", inSeconds(time)));
        return json;
    }

    private static double inSeconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static ArrayNode warnings(List<BuildReport.CheckWarning> warnings) {
        ArrayNode json = array();
        for (BuildReport.CheckWarning warning : warnings) {
            ObjectNode entry = json.addObject();
            entry.put("rule", warning.rule()).put("message", warning.message()).put("file", warning.file());
            if (warning.line() > 0) {
                entry.put("line", warning.line());
            }
            warning.url().ifPresent(url -> entry.put("url", url));
        }
        return json;
    }

    private static ObjectNode failure(BuildFailure failure) {
        ObjectNode json = object();
        json.put("code", failure.code().id());
        json.put("blame", failure.blame().name().toLowerCase(Locale.ROOT));
        json.put("retryable", failure.retryable());
        json.put("message", failure.message()).put("advice", failure.advice());
        failure.place().ifPresent(place -> place(place, json));
        failure.step().map(FailedStep::name).ifPresent(name -> json.put("step", name));
        failure.platform().map(Platform::render).ifPresent(platform -> json.put("platform", platform));
        failure.stage().ifPresent(stage -> json.put("stage", stage));
        json.set("output", texts(failure.details()));
        return json;
    }

    private static void place(Place place, ObjectNode json) {
        json.put("file", place.file()).put("line", place.line()).put("lastLine", place.lastLine());
    }

    private static ArrayNode texts(List<String> values) {
        ArrayNode json = array();
        values.forEach(json::add);
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }
}
