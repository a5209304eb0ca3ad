package io.buildkitci.build;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Natively;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.PhaseTimes;
import io.buildkitci.progress.Step;
import io.buildkitci.progress.StepCounts;
import io.buildkitci.progress.Warning;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.BuildReport.CheckWarning;
import io.buildkitci.report.BuilderUsed;
import io.buildkitci.report.BuilderUsed.PlatformRun;
import io.buildkitci.report.Image;
import io.buildkitci.report.Image.PlatformDigest;
import io.buildkitci.report.Work;
import io.buildkitci.words.HostWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From what came of a build to its report. */
public final class Reports {
    private static final int SLOWEST = 5;

    private Reports() {}

    public static BuildReport of(Finished finished) {
        Optional<BuildTrace> trace = finished.trace();
        return new BuildReport(
                BuildReport.Result.of(finished.failure()),
                finished.failure().isPresent()
                        ? Optional.empty()
                        : finished.ended().flatMap(e -> image(finished, e)),
                new Work(
                        steps(trace),
                        times(trace, finished.took()),
                        trace.map(Shares::of).orElse(List.of()),
                        trace.map(Timelines::of).orElse(Work.Timeline.NONE)),
                builder(finished),
                new BuildReport.Remarks(warnings(finished, trace), notes(finished), answer(finished)),
                finished.earlier().size() + 1);
    }

    /** Runs that failed first, in their order. */
    private static List<String> notes(Finished finished) {
        List<String> notes = new ArrayList<>(finished.earlier());
        notes.addAll(finished.notes());
        return notes;
    }

    /** Of a build for which there was nothing to build with. */
    public static BuildReport of(BuilderFailure failure, BuildRequest request, HostWords words) {
        return new BuildReport(
                BuildReport.Result.of(Optional.of(failure.told(words))),
                Optional.empty(),
                new Work(steps(Optional.empty()), times(Optional.empty(), Duration.ZERO)),
                new BuilderUsed(request.builder().orElse(""), Optional.empty(), List.of()),
                new BuildReport.Remarks(List.of(), List.of(), List.of()),
                0);
    }

    /** Those of the build, or those that were asked for. */
    private static List<CheckWarning> warnings(Finished finished, Optional<BuildTrace> trace) {
        List<CheckWarning> warnings = new ArrayList<>();
        if (trace.isPresent()) {
            for (Warning warning : trace.get().warnings()) {
                warnings.add(warning(warning));
            }
        }
        warnings.addAll(checks(finished).warnings());
        return warnings;
    }

    private static CheckAnswer checks(Finished finished) {
        return finished.ended().isPresent()
                ? Finished.checks(finished.request(), finished.ended().get())
                : CheckAnswer.NONE;
    }

    /** What was asked of the Dockerfile and is for people; what checks found is among the warnings. */
    private static List<String> answer(Finished finished) {
        if (!Finished.asksForChecks(finished.request())) {
            return finished.ended().map(BuildxRun.Ended::answer).orElse(List.of());
        }
        return finished.failure().isEmpty() ? List.of("The checks of the Dockerfile found nothing.") : List.of();
    }

    private static Optional<Image> image(Finished finished, BuildxRun.Ended ended) {
        Metadata metadata = ended.metadata();
        Optional<String> imageId = metadata.configDigest().isPresent() ? metadata.configDigest() : ended.imageId();
        if (metadata.digest().isEmpty() && imageId.isEmpty()) {
            return Optional.empty();
        }
        List<PlatformDigest> digests = new ArrayList<>();
        for (Map.Entry<Platform, String> digest : finished.digests().entrySet()) {
            digests.add(new PlatformDigest(digest.getKey(), digest.getValue()));
        }
        return Optional.of(new Image(
                metadata.digest(),
                imageId,
                names(finished.request(), metadata),
                digests,
                finished.request().delivery().pushes()));
    }

    /** The tags, or, where there are none, the names that outputs bring themselves. */
    private static List<ImageRef> names(BuildRequest request, Metadata metadata) {
        if (!request.naming().tags().isEmpty()) {
            return request.naming().tags();
        }
        return metadata.names().stream()
                .flatMap(Reports::reference)
                .filter(name -> name.digest().isEmpty())
                .toList();
    }

    private static Stream<ImageRef> reference(String name) {
        try {
            return Stream.of(ImageRef.parse(name));
        } catch (InvalidValue notAReference) {
            return Stream.empty();
        }
    }

    private static Work.Steps steps(Optional<BuildTrace> trace) {
        if (trace.isEmpty()) {
            return new Work.Steps(0, 0, 0, List.of());
        }
        List<Work.SlowStep> slowest = new ArrayList<>();
        for (Step step : trace.get().slowest(SLOWEST)) {
            slowest.add(new Work.SlowStep(step.name().command(), step.name().platform(), step.duration()));
        }
        StepCounts counts = trace.get().counts();
        return new Work.Steps(counts.total(), counts.cached(), counts.run(), slowest);
    }

    private static Work.Times times(Optional<BuildTrace> trace, Duration took) {
        if (trace.isEmpty()) {
            return new Work.Times(took, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        PhaseTimes phases = trace.get().times();
        return new Work.Times(
                took, some(phases.build()), some(phases.export()), some(phases.push()), some(phases.cacheExport()));
    }

    private static Optional<Duration> some(Duration duration) {
        return duration.isZero() ? Optional.empty() : Optional.of(duration);
    }

    private static BuilderUsed builder(Finished finished) {
        Capabilities capabilities = finished.capabilities();
        List<PlatformRun> runs = new ArrayList<>();
        for (Platform platform : finished.request().platforms()) {
            runs.add(run(platform, capabilities));
        }
        return new BuilderUsed(
                capabilities.builder().name(), capabilities.builder().driver(), runs);
    }

    /** With the interpreter's path where this kernel is the builder's, as far as can be told. */
    private static PlatformRun run(Platform platform, Capabilities capabilities) {
        Natively how = Natively.of(platform, capabilities.builder().nodes());
        Optional<String> emulator = how == Natively.EMULATED
                ? Optional.of(capabilities.emulators().getOrDefault(platform.architecture(), "QEMU"))
                : Optional.empty();
        return new PlatformRun(platform, emulator, how != Natively.ABSENT);
    }

    private static CheckWarning warning(Warning warning) {
        String message = warning.message();
        int colon = message.indexOf(": ");
        boolean named = colon > 0 && message.substring(0, colon).matches("\\w+");
        return new CheckWarning(
                named ? message.substring(0, colon) : "",
                named ? message.substring(colon + 2) : message,
                warning.file(),
                warning.line(),
                Optional.of(warning.url()).filter(url -> !url.isEmpty()));
    }
}
