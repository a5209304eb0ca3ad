package io.buildkitci.report;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailedStep;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.failure.Place;
import io.buildkitci.model.Driver;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import io.buildkitci.report.BuilderUsed.PlatformRun;
import io.buildkitci.report.Image.PlatformDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reports to render in tests. */
final class Reports {
    static final Platform AMD64 = new Platform("linux", "amd64", "");
    static final Platform ARM64 = new Platform("linux", "arm64", "");

    private Reports() {}

    static BuildReport pushed() {
        Image image = new Image(
                Optional.of(digest('a')),
                Optional.empty(),
                List.of(
                        new ImageRef("registry.example", "app", "1", ""),
                        new ImageRef("registry.example", "app", "latest", "")),
                List.of(new PlatformDigest(AMD64, digest('b')), new PlatformDigest(ARM64, digest('c'))),
                true);
        Work work = new Work(
                new Work.Steps(
                        12,
                        9,
                        3,
                        List.of(
                                new Work.SlowStep("RUN make", Optional.of(ARM64), Duration.ofMillis(31_240)),
                                new Work.SlowStep("COPY . .", Optional.empty(), Duration.ofMillis(49)))),
                new Work.Times(
                        Duration.ofMillis(185_400),
                        Optional.of(Duration.ofSeconds(170)),
                        Optional.of(Duration.ofMillis(1_960)),
                        Optional.of(Duration.ofSeconds(5)),
                        Optional.of(Duration.ofMillis(810))));
        BuildReport.Remarks remarks = new BuildReport.Remarks(
                List.of(new BuildReport.CheckWarning(
                        "FromAsCasing",
                        "'as' and 'FROM' keywords' casing do not match",
                        "Dockerfile",
                        3,
                        Optional.of("https://docs.example/x"))),
                List.of("cache-to was dropped: the token is read-only"),
                List.of());
        return new BuildReport(new BuildReport.Built(), Optional.of(image), work, builder(), remarks, 2);
    }

    static BuildReport failed(BuildFailure why) {
        return new BuildReport(
                BuildReport.Result.of(Optional.of(why)),
                Optional.empty(),
                new Work(
                        new Work.Steps(0, 0, 0, List.of()),
                        new Work.Times(
                                Duration.ofMillis(300),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())),
                builder(),
                new BuildReport.Remarks(List.of(), List.of(), List.of()),
                1);
    }

    static BuildFailure failingTest(String... output) {
        return new BuildFailure(
                FailureCode.STEP_FAILED,
                "RUN make test exited with code 2",
                Optional.of(new Place("Dockerfile", 12, 12, List.of("RUN make test"))),
                Optional.of(new FailedStep(
                        "[linux/arm64 test 3/3] RUN make test",
                        Optional.of(ARM64),
                        Optional.of("test"),
                        "process … exit code: 2",
                        List.of(output))),
                List.of("ERROR: failed to build: process …"),
                "Read the step's last lines and correct it.",
                "docs/failures.md#step-failed");
    }

    static BuildFailure cancelled() {
        return new BuildFailure(
                FailureCode.CANCELLED,
                "the build was stopped",
                Optional.empty(),
                Optional.empty(),
                List.of("ERROR: Canceled: context canceled"),
                "Run it again when it is wanted.",
                "docs/failures.md#cancelled");
    }

    static String digest(char digit) {
        return "sha256:" + String.valueOf(digit).repeat(64);
    }

    private static BuilderUsed builder() {
        return new BuilderUsed(
                "ci",
                Optional.of(Driver.DOCKER_CONTAINER),
                List.of(
                        new PlatformRun(AMD64, Optional.empty()),
                        new PlatformRun(ARM64, Optional.of("/usr/bin/qemu-aarch64"))));
    }
}
