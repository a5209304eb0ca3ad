package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.plan.Asked;
import io.buildkitci.plan.Machines;
import io.buildkitci.process.FakeProcessRunner;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

    @Test
    void nothingIsAskedForOtherFailures() throws InterruptedException {
        assertThat(advice(FailureCode.STEP_FAILED)).isEqualTo("Make room.");
        assertThat(runner.commands()).isEmpty();
    }

    private String advice(FailureCode code) throws InterruptedException {
        BuildFailure failure =
                new BuildFailure(code, "no room", Optional.empty(), Optional.empty(), List.of(), "Make room.", "docs");
        return new Remedies(runner, ready).added(failure).advice();
    }
}
