package io.buildkitci.build;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Natively;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.PhaseTimes;
import io.buildkitci.progress.StepCounts;
import io.buildkitci.progress.Warning;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.BuildReport.CheckWarning;
import io.buildkitci.report.BuilderUsed;
import io.buildkitci.report.BuilderUsed.PlatformRun;
import io.buildkitci.report.Image;
import io.buildkitci.report.Image.PlatformDigest;
import io.buildkitci.report.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** From what came of a build to its report. */
public final class Reports {
    private static final int SLOWEST = 5;

    private Reports() {}

    public static BuildReport of(Finished finished) {
        Optional<BuildTrace> trace = finished.ended().map(BuildxRun.Ended::trace);
        return new BuildReport(
                BuildReport.Result.of(finished.failure()),
                finished.failure().isPresent()
                        ? Optional.empty()
                        : finished.ended().flatMap(e -> image(finished, e)),
                new Work(
                        steps(trace),
                        times(trace, finished.took()),
                        trace.map(Timelines::of).orElse(Work.Timeline.NONE)),
                builder(finished),
                new BuildReport.Remarks(warnings(finished, trace), finished.notes(), answer(finished)),
                1);
    }

    /** Those of the build, or those that were asked for. */
    private static List<CheckWarning> warnings(Finished finished, Optional<BuildTrace> trace) {
        return Stream.concat(
                        trace.map(BuildTrace::warnings).orElse(List.of()).stream()
                                .map(Reports::warning),
                        checks(finished).warnings().stream())
                .toList();
    }

    private static CheckAnswer checks(Finished finished) {
        return finished.ended()
                .map(ended -> Finished.checks(finished.request(), ended))
                .orElse(CheckAnswer.NONE);
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
        Optional<String> imageId = metadata.configDigest().or(() -> ended.imageId());
        if (metadata.digest().isEmpty() && imageId.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Image(
                metadata.digest(),
                imageId,
                names(finished.request(), metadata),
                finished.digests().entrySet().stream()
                        .map(e -> new PlatformDigest(e.getKey(), e.getValue()))
                        .toList(),
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
        StepCounts counts = trace.map(BuildTrace::counts).orElse(new StepCounts(0, 0, 0));
        List<Work.SlowStep> slowest = trace.map(t -> t.slowest(SLOWEST)).orElse(List.of()).stream()
                .map(step ->
                        new Work.SlowStep(step.name().command(), step.name().platform(), step.duration()))
                .toList();
        return new Work.Steps(counts.total(), counts.cached(), counts.run(), slowest);
    }

    private static Work.Times times(Optional<BuildTrace> trace, Duration took) {
        Optional<PhaseTimes> phases = trace.map(BuildTrace::times);
        return new Work.Times(
                took,
                phases.map(PhaseTimes::build).filter(Reports::some),
                phases.map(PhaseTimes::export).filter(Reports::some),
                phases.map(PhaseTimes::push).filter(Reports::some),
                phases.map(PhaseTimes::cacheExport).filter(Reports::some));
    }

    private static boolean some(Duration duration) {
        return !duration.isZero();
    }

    private static BuilderUsed builder(Finished finished) {
        Capabilities capabilities = finished.capabilities();
        return new BuilderUsed(
                capabilities.builder().name(),
                capabilities.builder().driver(),
                finished.request().platforms().stream()
                        .map(platform -> run(platform, capabilities))
                        .toList());
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
