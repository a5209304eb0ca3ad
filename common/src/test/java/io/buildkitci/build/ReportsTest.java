package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.model.Driver;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.Machines;
import io.buildkitci.plan.Planned;
import io.buildkitci.process.Outcome;
import io.buildkitci.progress.Recorded;
import io.buildkitci.report.BuildReport;
import io.buildkitci.report.BuilderUsed.PlatformRun;
import io.buildkitci.report.Image;
import io.buildkitci.report.Image.PlatformDigest;
import io.buildkitci.report.JsonReport;
import io.buildkitci.words.KnownWords;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final Platform ARM64 = new Platform("linux", "arm64", "");
    private static final Platform S390X = new Platform("linux", "s390x", "");
    private static final Duration TOOK = Duration.ofSeconds(12);
    private static final Asked PUSH =
            Asked.of("platforms", "amd64,arm64", "tags", "localhost:5555/h-tests/multi:0.36.1", "push", "true");

    @Test
    void tellsWhatWasPushed() {
        Map<Platform, String> digests = new LinkedHashMap<>();
        digests.put(ARM64, "sha256:b");
        digests.put(AMD64, "sha256:a");

        BuildReport report = Reports.of(
                built(PUSH, "multi-push-buildx-0.36.1", "multi-remote-buildx-0.36.1", Optional.empty(), digests));

        Image image = report.image().orElseThrow();
        assertThat(report.result()).isInstanceOf(BuildReport.Built.class);
        assertThat(image.pushed()).isTrue();
        assertThat(image.digest()).get().asString().startsWith("sha256:e7dea9f");
        assertThat(image.imageId()).isEmpty();
        assertThat(image.tags()).containsExactly(new ImageRef("localhost:5555", "h-tests/multi", "0.36.1", ""));
        assertThat(image.platforms())
                .containsExactly(new PlatformDigest(ARM64, "sha256:b"), new PlatformDigest(AMD64, "sha256:a"));
    }

    @Test
    void countsAndTimesTheWorkOfTheTrace() {
        BuildReport report = Reports.of(
                built(PUSH, "multi-push-buildx-0.36.1", "multi-remote-buildx-0.36.1", Optional.empty(), Map.of()));

        assertThat(report.work().steps().total()).isPositive();
        assertThat(report.work().steps().total())
                .isEqualTo(
                        report.work().steps().cached() + report.work().steps().run());
        assertThat(report.work().steps().slowest()).hasSizeBetween(1, 5);
        assertThat(report.work().times().total()).isEqualTo(TOOK);
        assertThat(report.work().times().push())
                .get()
                .satisfies(push -> assertThat(push).isPositive());
        assertThat(report.work().times().cacheExport()).isPresent();
    }

    @Test
    void tellsWhichPlatformsWereEmulatedAndByWhat() {
        Asked asked = Asked.of("platforms", "amd64,arm64,s390x", "load", "true");

        BuildReport report =
                Reports.of(built(asked, "load-buildx-0.36.1", "load-remote-buildx-0.36.1", Optional.empty(), Map.of()));

        assertThat(report.builder().name()).isEqualTo("ci");
        assertThat(report.builder().driver()).contains(Driver.DOCKER_CONTAINER);
        assertThat(report.builder().platforms())
                .containsExactly(
                        new PlatformRun(AMD64, Optional.empty()),
                        new PlatformRun(ARM64, Optional.of("/usr/bin/qemu-aarch64")),
                        new PlatformRun(S390X, Optional.empty(), false));
    }

    @Test
    void takesTheImageIdOfTheConfigurationWhereItIsToldElseWhatTheClientWrote() {
        Asked load = Asked.of("load", "true", "tags", "app");
        Optional<String> written = Optional.of("sha256:written");

        assertThat(image(built(load, "load-buildx-0.36.1", "plain-remote-buildx-0.36.1", written, Map.of()))
                        .imageId())
                .get()
                .asString()
                .startsWith("sha256:9ff3b37");
        assertThat(image(built(load, "load-buildx-0.36.1", "load-remote-buildx-0.36.1", written, Map.of()))
                        .imageId())
                .isEqualTo(written);
    }

    @Test
    void anOutputsOwnNameIsTheImagesName() {
        Asked asked = Asked.of("outputs", "type=image,name=localhost:5555/h-tests/two:0.36.1,push=true");

        Image image = image(built(asked, "load-buildx-0.36.1", "two-remote-buildx-0.36.1", Optional.empty(), Map.of()));

        assertThat(image.pushed()).isTrue();
        assertThat(image.tags()).extracting(ImageRef::render).containsExactly("localhost:5555/h-tests/two:0.36.1");
        assertThat(image.pullCommand())
                .get()
                .asString()
                .startsWith("docker pull localhost:5555/h-tests/two@sha256:f316a7f");
    }

    @Test
    void anImageThatTheEngineKeepsWithoutANameHasNone() {
        assertThat(image(built(
                                Asked.of(),
                                "load-buildx-0.36.1",
                                "none-docker-buildx-0.36.1",
                                Optional.empty(),
                                Map.of()))
                        .tags())
                .isEmpty();
    }

    @Test
    void filesAreNoImage() {
        Asked asked = Asked.of("outputs", "type=local,dest=out");

        assertThat(Reports.of(built(
                                asked, "load-buildx-0.36.1", "local-remote-buildx-0.36.1", Optional.empty(), Map.of()))
                        .image())
                .isEmpty();
    }

    @Test
    void takesTheWarningsOfChecksApart() {
        BuildReport report = Reports.of(built(
                Asked.of("load", "true"),
                "lint-buildx-0.36.1",
                "load-remote-buildx-0.36.1",
                Optional.empty(),
                Map.of()));

        assertThat(report.remarks().warnings()).isNotEmpty().allSatisfy(warning -> {
            assertThat(warning.rule()).matches("[A-Z]\\w+");
            assertThat(warning.message()).doesNotContain("(line ").doesNotStartWith(warning.rule());
            assertThat(warning.place()).matches("\\S*Dockerfile\\S*:\\d+");
            assertThat(warning.url()).get().asString().startsWith("https://docs.docker.com/");
        });
    }

    @Test
    void aFailedBuildHasNoImageThoughFilesWereWritten() {
        Finished finished =
                built(PUSH, "failing-run-buildx-0.36.1", "multi-remote-buildx-0.36.1", Optional.empty(), Map.of());
        BuildFailure failure = new BuildFailure(
                FailureCode.OUTPUT_FAILED,
                "no room",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "make room",
                "docs/failures.md#output-failed");

        BuildReport report = Reports.of(new Finished(
                finished.request(),
                finished.capabilities(),
                finished.ended(),
                Optional.of(failure),
                Map.of(),
                List.of("a note"),
                List.of(),
                TOOK));

        assertThat(report.result().failure()).contains(failure);
        assertThat(report.image()).isEmpty();
        assertThat(report.remarks().notes()).containsExactly("a note");
    }

    @Test
    void aBuildThatWasNotRunTellsEveryObstacleAndEachRemedyOnce() {
        Finished finished = Finished.notRun(
                new Builds.Ready(PUSH.request(), Machines.engineWithoutContainerd()),
                List.of(
                        new Planned.Obstacle("platforms", "one at a time", "another driver"),
                        new Planned.Obstacle("cache-to", "no export", "another driver"),
                        new Planned.Obstacle("", "too old", "a newer buildx")),
                KnownWords.KNOWN,
                TOOK);

        BuildReport report = Reports.of(finished);

        BuildFailure failure = report.result().failure().orElseThrow();
        assertThat(failure.code()).isEqualTo(FailureCode.CAPABILITY_MISSING);
        assertThat(failure.message()).isEqualTo("platforms: one at a time; cache-to: no export; too old");
        assertThat(failure.advice()).isEqualTo("another driver; a newer buildx");
        assertThat(report.work().steps().total()).isZero();
        assertThat(report.work().times().build()).isEmpty();
    }

    @Test
    void aRunWithoutRoomForItsFilesSaysWhichFile() {
        Finished finished = Finished.noRoom(
                new Builds.Ready(PUSH.request(), Machines.container()),
                new IOException("/tmp/x: disk full"),
                KnownWords.KNOWN,
                TOOK);

        assertThat(finished.failure()).get().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.OUTPUT_FAILED);
            assertThat(failure.message()).contains("/tmp/x: disk full");
        });
    }

    @Test
    void nothingThatCanBeLoggedTellsASecret() {
        Asked asked = Asked.of(
                "secrets",
                "s=correct-horse-battery",
                "cache-from",
                "type=gha,token=correct-horse-battery",
                "load",
                "true");

        Finished finished = built(asked, "load-buildx-0.36.1", "load-remote-buildx-0.36.1", Optional.empty(), Map.of());

        assertThat(finished.toString()).doesNotContain("correct-horse-battery");
        assertThat(new Builds.Ready(finished.request(), finished.capabilities()).toString())
                .doesNotContain("correct-horse-battery");
    }

    private static Image image(Finished finished) {
        return Reports.of(finished).image().orElseThrow();
    }

    private static Finished built(
            Asked asked, String trace, String metadata, Optional<String> imageId, Map<Platform, String> digests) {
        BuildxRun.Ended ended = new BuildxRun.Ended(
                new Outcome.Exited(0),
                Recorded.trace(trace),
                List.of(),
                List.of(),
                Metadata.parse(RecordedOutput.read(metadata)),
                imageId);
        return new Finished(
                asked.request(),
                Machines.container(),
                Optional.of(ended),
                Optional.empty(),
                digests,
                List.of(),
                List.of(),
                TOOK);
    }

    @Test
    void whereThereIsNothingToBuildWithTheReportSaysSo() {
        BuildReport report = Reports.of(
                BuilderFailure.noBuilder("ci"), Asked.of("builder", "ci").request(), KnownWords.KNOWN);

        assertThat(report.result().failure())
                .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo(FailureCode.BUILDER_MISSING));
        assertThat(JsonReport.render(report).replace(" ", ""))
                .contains("\"outcome\":\"failed\"", "\"exitCode\":3", "\"message\":\"thereisnobuilder'ci'\"");
    }
}
