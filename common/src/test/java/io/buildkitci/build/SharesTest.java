package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.Recorded;
import io.buildkitci.progress.Span;
import io.buildkitci.progress.Step;
import io.buildkitci.progress.StepName;
import io.buildkitci.progress.StepState;
import io.buildkitci.report.Work.Share;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SharesTest {
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void everyKindOfWorkHasItsShareAndWhatRunsSideBySideCountsOnce() {
        BuildTrace trace = new BuildTrace(
                List.of(
                        step("[internal] load build definition from Dockerfile", 0, 10),
                        step("[linux/amd64 internal] load metadata for docker.io/library/alpine:3", 5, 30),
                        step("[internal] load build context", 30, 130),
                        step("[context libs] load from client", 30, 230),
                        step("importing cache manifest from registry.example/x", 230, 240),
                        step("[base 1/4] FROM docker.io/library/alpine:3", 240, 740),
                        step("[base 2/4] RUN make", 740, 1740),
                        step("[lint 2/4] RUN lint", 1240, 2240),
                        step("[base 3/4] COPY . .", 2240, 2243),
                        step("[base 4/4] WORKDIR /x", 2243, 2244),
                        step("exporting to image", 2244, 3244),
                        step("exporting cache to registry", 3244, 3254)),
                List.of(),
                Optional.of(START),
                Optional.of(START.plusMillis(3254)));

        assertThat(Shares.of(trace))
                .extracting(Share::what, share -> share.time().toMillis())
                .containsExactly(
                        tuple("Dockerfile and metadata", 30L),
                        tuple("sending the context", 200L),
                        tuple("reading caches", 10L),
                        tuple("base images", 500L),
                        tuple("RUN", 1500L),
                        tuple("COPY, ADD and other instructions", 4L),
                        tuple("making the image or files", 1000L),
                        tuple("writing caches", 10L));
    }

    @ParameterizedTest
    @FieldSource("io.buildkitci.progress.Recorded#BUILDS")
    void noShareIsLongerThanItsBuild(String build) {
        BuildTrace trace = Recorded.trace(build);

        assertThat(Shares.of(trace))
                .isNotEmpty()
                .allSatisfy(share -> assertThat(share.time())
                        .isPositive()
                        .isLessThanOrEqualTo(trace.times().total()));
    }

    private static Step step(String name, long from, long to) {
        return new Step(
                "sha256:" + name,
                StepName.parse(name),
                List.of(),
                StepState.DONE,
                Optional.empty(),
                Optional.empty(),
                List.of(new Span(START.plusMillis(from), START.plusMillis(to))),
                "",
                List.of(),
                List.of());
    }
}
