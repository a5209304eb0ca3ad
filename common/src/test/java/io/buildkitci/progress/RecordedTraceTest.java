package io.buildkitci.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces of real builds; the numbers were counted in the Dockerfiles that were built. */
class RecordedTraceTest {
    static List<String> builds() {
        return Recorded.BUILDS;
    }

    @ParameterizedTest
    @CsvSource({
        // 2 platforms x (2 COPY + RUN in tools + RUN in builder) + WORKDIR and COPY of the builder, which both share
        "multi-push-buildx-0.29.1, 10, 0, 10",
        "multi-push-buildx-0.36.1, 10, 0, 10",
        "multi-cached-buildx-0.29.1, 10, 10, 0",
        "multi-cached-buildx-0.36.1, 10, 10, 0",
        "cache-import-buildx-0.29.1, 10, 10, 0",
        "cache-import-buildx-0.36.1, 10, 10, 0",
        // 3 x (RUN + COPY) + WORKDIR + COPY
        "cross-buildx-0.36.1, 8, 0, 8",
        // two RUN began, two COPY and a RUN did not
        "failing-run-buildx-0.29.1, 5, 0, 2",
        "failing-run-buildx-0.36.1, 5, 0, 2",
        // 2 COPY onto scratch, the same for both platforms, and a COPY from an image of each
        "scratch-buildx-0.29.1, 4, 0, 4",
        "scratch-buildx-0.36.1, 4, 0, 4",
        // COPY --link and ADD --link are one step each
        "link-buildx-0.36.1, 6, 0, 6",
        "load-buildx-0.36.1, 6, 6, 0",
        "lint-buildx-0.36.1, 2, 0, 2",
        "large-buildx-0.36.1, 1, 0, 1",
        "missing-base-buildx-0.36.1, 0, 0, 0"
    })
    void countsTheStepsThatAPersonWrote(String build, int total, int cached, int run) {
        assertThat(Recorded.trace(build).counts()).isEqualTo(new StepCounts(total, cached, run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"failing-run-buildx-0.29.1", "failing-run-buildx-0.36.1"})
    void theFailingStepIsTheOneThatFailedNotTheOneThatWasStopped(String build) {
        List<Step> failing = Recorded.trace(build).failing();

        assertThat(failing).hasSize(1);
        assertThat(failing.get(0).name().stage()).isEqualTo("broken");
        assertThat(failing.get(0).error()).endsWith("exit code: 42");
        assertThat(failing.get(0).output()).containsExactly("about to fail", "no such thing");
        assertThat(Recorded.trace(build).steps())
                .filteredOn(s -> s.name().stage().equals("slow"))
                .extracting(Step::state)
                .containsExactly(StepState.CANCELED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled-buildx-0.29.1", "cancelled-buildx-0.36.1"})
    void aCancelledBuildHasNoFailingStep(String build) {
        BuildTrace trace = Recorded.trace(build);

        assertThat(trace.failing()).isEmpty();
        assertThat(trace.steps()).extracting(Step::state).contains(StepState.CANCELED);
    }

    @Test
    void aBaseImageThatIsNotThereFailsWhereItsMetadataAreLoaded() {
        assertThat(Recorded.trace("missing-base-buildx-0.36.1").failing())
                .singleElement()
                .satisfies(step -> assertThat(step.name().text())
                        .isEqualTo("[internal] load metadata for localhost:5555/h-progress/none:1"));
    }

    @Test
    void aPushThatIsRefusedFailsInTheExport() {
        assertThat(Recorded.trace("push-refused-buildx-0.36.1").failing())
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.kind()).isEqualTo(StepKind.EXPORT);
                    assertThat(step.error()).contains("connection refused");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"cache-import-buildx-0.29.1", "cache-import-buildx-0.36.1"})
    void aCacheThatCannotBeReadIsNoFailure(String build) {
        BuildTrace trace = Recorded.trace(build);

        assertThat(trace.failing()).isEmpty();
        assertThat(trace.steps())
                .filteredOn(s -> s.kind() == StepKind.CACHE_IMPORT)
                .extracting(Step::state)
                .containsExactlyInAnyOrder(StepState.DONE, StepState.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multi-push-buildx-0.29.1", "multi-push-buildx-0.36.1", "cache-import-buildx-0.36.1"})
    void tellsWhereTheTimeWent(String build) {
        PhaseTimes times = Recorded.trace(build).times();

        assertThat(List.of(times.build(), times.export(), times.push(), times.cacheExport()))
                .allMatch(t -> t.compareTo(Duration.ofMillis(10)) > 0 && t.compareTo(times.total()) < 0);
        assertThat(times.build().plus(times.export()).plus(times.push())).isLessThan(times.total());
    }

    @Test
    void tellsExportAndPushApartThoughTheyAreOneVertex() {
        // exporting 23.833640..23.990531, started anew for the push 23.990730, layers from .991808, ended 24.183608
        PhaseTimes times = Recorded.trace("multi-push-buildx-0.36.1").times();

        assertThat(times.export().toMillis()).isEqualTo(157);
        assertThat(times.push().toMillis()).isEqualTo(191);
        assertThat(times.cacheExport().toMillis()).isEqualTo(350);
    }

    @Test
    void anInlineCacheCountsAsCacheExport() {
        assertThat(Recorded.trace("link-buildx-0.36.1").times().cacheExport()).isPositive();
        assertThat(Recorded.trace("load-buildx-0.36.1").times().cacheExport()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lint-buildx-0.29.1", "lint-buildx-0.36.1"})
    void namesFileAndLineOfEveryWarning(String build) {
        assertThat(Recorded.trace(build).warnings())
                .extracting(w -> w.message().substring(0, w.message().indexOf(':')) + " " + w.place())
                .containsExactlyInAnyOrder(
                        "ConsistentInstructionCasing lint.Dockerfile:1",
                        "LegacyKeyValueFormat lint.Dockerfile:2",
                        "MaintainerDeprecated lint.Dockerfile:4",
                        "WorkdirRelativePath lint.Dockerfile:6",
                        "JSONArgsRecommended lint.Dockerfile:7");
    }

    @Test
    void keepsTheLastLinesOfALargeOutput() {
        Step step = Recorded.trace("large-buildx-0.36.1").steps().stream()
                .filter(s -> s.kind() == StepKind.RUN)
                .findFirst()
                .orElseThrow();

        assertThat(step.output())
                .hasSize(50)
                .contains("line 899 of a long output, with \u00fcn\u00efc\u00f6d\u00e9 and some more words")
                .endsWith("bar 100%", "red no newline");
    }

    @Test
    void knowsForWhichPlatformAStepRanAndWhatItMade() {
        assertThat(Recorded.trace("cross-buildx-0.36.1").steps())
                .filteredOn(s -> s.kind() == StepKind.RUN)
                .extracting(s -> s.name().platform().map(Object::toString).orElse("") + " "
                        + s.name().output().map(Object::toString).orElse(""))
                .containsExactlyInAnyOrder("linux/amd64 ", "linux/amd64 linux/386", "linux/amd64 linux/arm64");
    }

    @Test
    void twoNodesThatRunTheSameStepsAreOneTrace() {
        BuildTrace trace = Recorded.trace("two-nodes-buildx-0.36.1");

        assertThat(trace.steps()).filteredOn(s -> s.kind() == StepKind.EXPORT).hasSize(2);
        assertThat(trace.steps()).filteredOn(s -> s.kind() == StepKind.PUSH).hasSize(1);
        assertThat(trace.failing()).isEmpty();
    }

    @Test
    void theStepsOfABakeKnowTheirTarget() {
        assertThat(Recorded.trace("bake-buildx-0.36.1").steps())
                .filteredOn(s -> s.kind() == StepKind.RUN)
                .extracting(s -> s.name().target())
                .containsExactlyInAnyOrder("web", "web", "api", "api");
    }

    @ParameterizedTest
    @MethodSource("builds")
    void everyStepOfEveryRecordingIsUnderstood(String build) {
        assertThat(Recorded.trace(build).steps())
                .isNotEmpty()
                .noneMatch(s -> s.kind() == StepKind.INSTRUCTION)
                .filteredOn(s -> s.kind() == StepKind.OTHER)
                .extracting(s -> s.name().text())
                .isSubsetOf("resolving provenance for metadata file");
    }
}
