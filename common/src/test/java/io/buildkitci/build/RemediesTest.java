package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.Capabilities;
import io.buildkitci.plan.Machines;
import io.buildkitci.process.FakeProcessRunner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person learns of room that could be made. */
class RemediesTest {
    private final FakeProcessRunner runner = new FakeProcessRunner();
    private final Builds.Ready ready =
            new Builds.Ready(Asked.of("builder", "ci").request(), Machines.container());

    @Test
    void aFullDiskIsToldWhatAPruneWouldFree() throws InterruptedException {
        runner.on(ready.capabilities().client().command().get(0), "du").out("""
                ID           RECLAIMABLE   SIZE     LAST ACCESSED
                abc          true          1.2GB    2 hours ago
                Reclaimable: 1.2GB
                Total:       1.9GB""".split("\n", -1));

        assertThat(advice(FailureCode.DISK_FULL)).isEqualTo("Make room. A prune would free 1.2GB.");
        assertThat(runner.commands())
                .singleElement()
                .satisfies(command -> assertThat(command.argv()).endsWith("du", "--builder", "ci"));
    }

    @Test
    void soIsThatOfADaemonThatBuildctlTalksTo() throws InterruptedException {
        Capabilities capabilities = Machines.daemon();
        Remedies remedies =
                new Remedies(runner, new Builds.Ready(Asked.of().request(), capabilities), () -> Instant.EPOCH);
        runner.on(capabilities.client().command().get(0), "--addr").out("Reclaimable:\t12.5MB", "Total:\t20MB");

        assertThat(remedies.added(failure(FailureCode.DISK_FULL)).advice())
                .isEqualTo("Make room. A prune would free 12.5MB.");
        assertThat(runner.commands())
                .singleElement()
                .satisfies(command -> assertThat(command.argv()).endsWith("du"));
    }

    @Test
    void aContextIsToldItsLargestEntries() throws InterruptedException {
        runner.on("du", "-a").out("2048\t./b c", "10240\t./node_modules", "1\t./x", "1536\t./.git", "13825\t.");

        assertThat(advice(FailureCode.CONTEXT_TOO_LARGE))
                .isEqualTo("Make room. Its largest entries: node_modules (10.0 MB), b c (2.0 MB), .git (1.5 MB).");
    }

    @Test
    void whatCannotBeFoundOutIsNotSaid() throws InterruptedException {
        runner.on("du", "-a").exit(1);

        assertThat(advice(FailureCode.CONTEXT_TOO_LARGE)).isEqualTo("Make room.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "toomanyrequests: slow down, retry-after: 90s | It takes requests again at 2026-01-02T03:06:30Z.",
                "429 Too Many Requests, Retry-After: 17 | It takes requests again at 2026-01-02T03:05:17Z.",
                "toomanyrequests: You have reached your unauthenticated pull rate limit. | Docker Hub counts pulls over six hours"
                        + " and does not tell the builder when the next are free: at 2026-01-02T09:05:00Z at the latest.",
                "429 Too Many Requests | ''"
            })
    void aLimitIsToldWhenItEnds(String said, String told) throws InterruptedException {
        BuildFailure failure = new BuildFailure(
                FailureCode.REGISTRY_RATE_LIMITED,
                "too many",
                Optional.empty(),
                Optional.empty(),
                List.of(said),
                "Wait.",
                "docs");

        assertThat(remedies().added(failure).advice()).isEqualTo(("Wait. " + told).strip());
        assertThat(runner.commands()).isEmpty();
    }

    @Test
    void nothingIsAskedForOtherFailures() throws InterruptedException {
        assertThat(advice(FailureCode.STEP_FAILED)).isEqualTo("Make room.");
        assertThat(runner.commands()).isEmpty();
    }

    private Remedies remedies() {
        return new Remedies(runner, ready, () -> Instant.parse("2026-01-02T03:05:00Z"));
    }

    private String advice(FailureCode code) throws InterruptedException {
        return remedies().added(failure(code)).advice();
    }

    private static BuildFailure failure(FailureCode code) {
        return new BuildFailure(code, "no room", Optional.empty(), Optional.empty(), List.of(), "Make room.", "docs");
    }
}
