package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.failure.Evidence;
import io.buildkitci.failure.FailedStep;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.process.Outcome;
import io.buildkitci.progress.Recorded;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceEvidenceTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final Platform ARM64 = new Platform("linux", "arm64", "");
    private static final Evidence.Where WHERE =
            new Evidence.Where("ci", Optional.of(Driver.DOCKER_CONTAINER), Set.of(ARM64));

    @ParameterizedTest
    @ValueSource(strings = {"failing-run-buildx-0.29.1", "failing-run-buildx-0.36.1"})
    void theStepThatFailedIsAmongTheEvidenceWithWhatItSaid(String build) {
        Evidence evidence = TraceEvidence.of(ended(build, 1), List.of(), WHERE);

        assertThat(evidence.failedSteps()).isNotEmpty();
        FailedStep step = evidence.failedSteps().get(0);
        assertThat(step.error()).contains("did not complete successfully: exit code: ");
        assertThat(step.name()).contains("RUN ");
        assertThat(step.outputTail()).isNotEmpty();
        assertThat(evidence.outcome()).isEqualTo(new Outcome.Exited(1));
        assertThat(evidence.clientText()).containsExactly("ERROR: said by the client");
        assertThat(evidence.where()).isEqualTo(WHERE);
        assertThat(evidence.stopAsked()).isFalse();
    }

    @Test
    void aStepWithoutPlatformIsOfTheOnlyOneThereIs() {
        BuildxRun.Ended ended = ended("missing-base-buildx-0.36.1", 1);

        assertThat(platforms(TraceEvidence.of(ended, List.of(ARM64), WHERE))).containsOnly(Optional.of(ARM64));
        assertThat(platforms(TraceEvidence.of(ended, List.of(AMD64, ARM64), WHERE)))
                .contains(Optional.empty());
        assertThat(platforms(TraceEvidence.of(ended, List.of(), WHERE))).contains(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"multi-push-buildx-0.36.1", "multi-cached-buildx-0.29.1", "lint-buildx-0.36.1"})
    void aGoodBuildLeavesNoFailedStep(String build) {
        assertThat(TraceEvidence.of(ended(build, 0), List.of(AMD64), WHERE).failedSteps())
                .isEmpty();
    }

    private static List<Optional<Platform>> platforms(Evidence evidence) {
        return evidence.failedSteps().stream().map(FailedStep::platform).toList();
    }

    private static BuildxRun.Ended ended(String build, int status) {
        return new BuildxRun.Ended(
                new Outcome.Exited(status),
                Recorded.trace(build),
                List.of("ERROR: said by the client"),
                List.of(),
                Metadata.NONE,
                Optional.empty());
    }
}
