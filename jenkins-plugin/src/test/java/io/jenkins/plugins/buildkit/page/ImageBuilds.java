package io.jenkins.plugins.buildkit.page;

import io.buildkitci.build.Baked;
import io.buildkitci.build.Finished;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.failure.Place;
import io.buildkitci.model.Driver;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Patience;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.Machines;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.Span;
import io.buildkitci.progress.Step;
import io.buildkitci.progress.StepName;
import io.buildkitci.progress.StepState;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.BuilderUsed;
import io.buildkitci.report.BuilderUsed.PlatformRun;
import io.buildkitci.report.Image;
import io.buildkitci.report.Image.PlatformDigest;
import io.buildkitci.report.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came of image builds. */
final class ImageBuilds {
    static final String DIGEST = "sha256:" + "a".repeat(64);
    static final String ARM_DIGEST = "sha256:" + "b".repeat(64);

    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final Platform ARM64 = new Platform("linux", "arm64", "");
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    private ImageBuilds() {}

    static BuildReport pushed(String tag) {
        Image image = new Image(
                Optional.of(DIGEST),
                Optional.empty(),
                List.of(new ImageRef("registry.example", "app", tag, "")),
                List.of(new PlatformDigest(ARM64, ARM_DIGEST)),
                true);
        Work work = new Work(
                new Work.Steps(12, 9, 3, List.of()),
                new Work.Times(
                        Duration.ofMillis(185_400),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                List.of(new Work.Share("RUN", Duration.ofMillis(31_240))),
                Work.Timeline.NONE);
        return report(new BuildReport.Built(), Optional.of(image), work);
    }

    static BuildReport failed(String message) {
        Work work = new Work(
                new Work.Steps(0, 0, 0, List.of()),
                new Work.Times(
                        Duration.ofMillis(300),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        return report(BuildReport.Result.of(Optional.of(failure(message))), Optional.empty(), work);
    }

    /** Targets that all failed. */
    static Baked baked(String... targets) {
        Map<String, Finished> finished = new LinkedHashMap<>();
        for (String target : targets) {
            finished.put(
                    target,
                    new Finished(
                            Asked.of("builder", "ci").request(),
                            Machines.container(),
                            Optional.empty(),
                            Optional.of(failure(target + " was not built")),
                            Map.of(),
                            List.of(),
                            List.of(),
                            Duration.ofSeconds(1)));
        }
        return new Baked(
                finished,
                Optional.of(failure("nothing was built")),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Duration.ofSeconds(1),
                Patience.USUAL);
    }

    private static BuildFailure failure(String message) {
        return new BuildFailure(
                FailureCode.STEP_FAILED,
                message,
                Optional.of(new Place("Dockerfile", 12, 12, List.of("RUN make test"))),
                Optional.empty(),
                List.of("ERROR: " + message),
                "Read the step's last lines and correct it.",
                "docs/failures.md#step-failed");
    }

    static BuildTrace trace(String command) {
        Step step = new Step(
                "sha256:1",
                StepName.parse("[build 1/1] " + command),
                List.of(),
                StepState.DONE,
                Optional.of(START),
                Optional.of(START.plusSeconds(2)),
                List.of(new Span(START, START.plusSeconds(2))),
                "",
                List.of(),
                List.of());
        return new BuildTrace(List.of(step), List.of(), Optional.of(START), Optional.of(START.plusSeconds(2)));
    }

    private static BuildReport report(BuildReport.Result result, Optional<Image> image, Work work) {
        return new BuildReport(
                result,
                image,
                work,
                new BuilderUsed(
                        "ci",
                        Optional.of(Driver.DOCKER_CONTAINER),
                        List.of(
                                new PlatformRun(AMD64, Optional.empty()),
                                new PlatformRun(ARM64, Optional.of("/usr/bin/qemu-aarch64")))),
                new BuildReport.Remarks(List.of(), List.of(), List.of()),
                1);
    }
}
