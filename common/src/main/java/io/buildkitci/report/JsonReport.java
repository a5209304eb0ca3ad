package io.buildkitci.report;

import io.buildkitci.failure.Blame;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailedStep;
import io.buildkitci.failure.Place;
import io.buildkitci.json.JsonText;
import io.buildkitci.model.Driver;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * shares[]        what, seconds: what the time went to; such things go on side by side and need not add up
 * warnings[]      rule, message, file, line, url
 * notes[]
 * answer          what was asked of the Dockerfile instead of building it; absent for a build
 * failure         code, blame, retryable, message, advice, help (where the code is explained), file, line, lastLine,
 *                 step, platform, stage, output[]
 * </pre>
 */
public final class JsonReport {
    private JsonReport() {}

    /** Indented, without a line feed at the end. */
    public static String render(BuildReport report) {
        return JsonText.pretty(of(report));
    }

    static Map<String, Object> of(BuildReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        Optional<BuildFailure> failure = report.result().failure();
        json.put("outcome", report.result().word());
        json.put("exitCode", failure.map(f -> f.blame().exitCode()).orElse(Blame.BUILT));
        json.put("attempts", report.attempts());
        json.put("builder", builder(report.builder()));
        json.put("platforms", platforms(report));
        put("image", report.image().map(JsonReport::image), json);
        json.put("steps", steps(report.work().steps()));
        json.put("seconds", seconds(report.work().times()));
        json.put("shares", shares(report.work().shares()));
        json.put("warnings", warnings(report.remarks().warnings()));
        json.put("notes", report.remarks().notes());
        if (!report.remarks().answer().isEmpty()) {
            json.put("answer", String.join("\n", report.remarks().answer()));
        }
        put("failure", failure.map(JsonReport::failure), json);
        return json;
    }

    private static Map<String, Object> builder(BuilderUsed builder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", builder.name());
        put("driver", builder.driver().map(Driver::render), json);
        return json;
    }

    private static List<Object> platforms(BuildReport report) {
        List<Object> json = new ArrayList<>();
        List<Image.PlatformDigest> digests =
                report.image().map(Image::platforms).orElse(List.of());
        for (BuilderUsed.PlatformRun run : report.builder().platforms()) {
            Map<String, Object> platform = new LinkedHashMap<>();
            platform.put("platform", run.platform().render());
            for (Image.PlatformDigest built : digests) {
                if (built.platform().equals(run.platform())) {
                    platform.put("digest", built.digest());
                }
            }
            put("emulator", run.emulator(), platform);
            if (!run.runnable()) {
                platform.put("runnable", false);
            }
            json.add(platform);
        }
        return json;
    }

    private static Map<String, Object> image(Image image) {
        Map<String, Object> json = new LinkedHashMap<>();
        put("digest", image.digest(), json);
        put("imageId", image.imageId(), json);
        json.put("tags", image.tags().stream().map(ImageRef::render).toList());
        json.put("pushed", image.pushed());
        put("pull", image.pullCommand(), json);
        return json;
    }

    private static Map<String, Object> steps(Work.Steps steps) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("total", steps.total());
        json.put("cached", steps.cached());
        json.put("run", steps.run());
        List<Object> slowest = new ArrayList<>();
        for (Work.SlowStep step : steps.slowest()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", step.name());
            put("platform", step.platform().map(Platform::render), entry);
            entry.put("seconds", inSeconds(step.time()));
            slowest.add(entry);
        }
        json.put("slowest", slowest);
        return json;
    }

    private static Map<String, Object> seconds(Work.Times times) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("total", inSeconds(times.total()));
        put("build", times.build().map(JsonReport::inSeconds), json);
        put("export", times.export().map(JsonReport::inSeconds), json);
        put("push", times.push().map(JsonReport::inSeconds), json);
        put("cacheExport", times.cacheExport().map(JsonReport::inSeconds), json);
        return json;
    }

    private static List<Object> shares(List<Work.Share> shares) {
        List<Object> json = new ArrayList<>();
        for (Work.Share share : shares) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("what", share.what());
            entry.put("seconds", inSeconds(share.time()));
            json.add(entry);
        }
        return json;
    }

    private static double inSeconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static List<Object> warnings(List<BuildReport.CheckWarning> warnings) {
        List<Object> json = new ArrayList<>();
        for (BuildReport.CheckWarning warning : warnings) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("rule", warning.rule());
            entry.put("message", warning.message());
            entry.put("file", warning.file());
            if (warning.line() > 0) {
                entry.put("line", warning.line());
            }
            put("url", warning.url(), entry);
            json.add(entry);
        }
        return json;
    }

    static Map<String, Object> failure(BuildFailure failure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", failure.code().id());
        json.put("blame", failure.blame().name().toLowerCase(Locale.ROOT));
        json.put("retryable", failure.retryable());
        json.put("message", failure.message());
        json.put("advice", failure.advice());
        json.put("help", failure.help());
        failure.place().ifPresent(place -> place(place, json));
        put("step", failure.step().map(FailedStep::name), json);
        put("platform", failure.platform().map(Platform::render), json);
        put("stage", failure.stage(), json);
        json.put("output", failure.details());
        return json;
    }

    private static void place(Place place, Map<String, Object> json) {
        json.put("file", place.file());
        json.put("line", place.line());
        json.put("lastLine", place.lastLine());
    }

    private static void put(String key, Optional<?> value, Map<String, Object> json) {
        if (value.isPresent()) {
            json.put(key, value.get());
        }
    }
}
