package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.it.RunnerStep.Started;
import io.buildkitci.action.it.RunnerStep.Told;
import io.buildkitci.model.Driver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that is cancelled, or whose steps are killed, ends as every other: nothing runs on, and nothing is left. */
class ActionCancelIT {
    private final String mark = "it-" + CommandLine.fresh();

    /** A build that does not end, with a secret too large for a variable. */
    private Started build(RunnerJob job) throws Exception {
        job.file(
                "Dockerfile",
                "FROM BASE\nRUN --mount=type=secret,id=large echo %s; while sleep 1; do :; done\n".formatted(mark));
        Started started = job.step("build-push")
                .input("context", ".")
                .input("secrets", "large=" + "x".repeat(40_000))
                .start();
        Machine.awaitOne("echo " + mark);
        return started;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBuildThatIsCancelledStopsEverywhereAndItsBuilderIsRemoved(boolean ofItsOwn) throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            String name = job.builder(ofItsOwn ? Driver.DOCKER_CONTAINER : Driver.REMOTE);
            Told told;
            List<ProcessHandle> running;
            try (Started started = build(job)) {
                assertThat(job.privateFiles()).isNotEmpty();
                running = started.running().handle().descendants().toList();
                told = started.cancel();
            }

            assertThat(told.exit()).as(told.toString()).isEqualTo(130);
            assertThat(running).hasSizeGreaterThan(1).noneMatch(Machine::lives);
            assertThat(job.privateFiles()).isEmpty();
            assertThat(told.view().stopped()).isFalse();
            Machine.awaitNone("echo " + mark);

            job.end();

            assertThat(job.builders()).isEmpty();
            assertThat(job.inEngine(name)).isEmpty();
        }
    }

    @Test
    void aBuilderThatIsCancelledWhileItStartsIsNotLeft() throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            try (Started started = job.createBuilder(Driver.DOCKER_CONTAINER)
                    .input("name", mark)
                    .start()) {
                Await.until("the builder's container", () -> !job.inEngine(mark).isEmpty());

                Told told = started.cancel();

                assertThat(told.view().stopped()).isFalse();
            }

            job.end();

            assertThat(job.builders()).isEmpty();
            assertThat(job.inEngine(mark)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBuilderWhoseStepIsKilledIsRemovedByThePostStep(boolean onceItHasAContainer) throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            try (Started started = job.createBuilder(Driver.DOCKER_CONTAINER)
                    .input("name", mark)
                    .start()) {
                Await.until(
                        "something to take back",
                        () -> onceItHasAContainer
                                ? !job.inEngine(mark).isEmpty()
                                : started.stateSoFar().contains(mark));

                Told told = started.kill();

                assertThat(told.exit()).isEqualTo(137);
                assertThat(told.state()).containsKey("undo");
            }

            job.end();

            assertThat(job.builders()).isEmpty();
            assertThat(job.inEngine(mark)).isEmpty();
        }
    }

    @Test
    void whatAKilledBuildLeftIsSweptAwayBeforeTheJobEnds() throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            job.builder(Driver.DOCKER_CONTAINER);
            try (Started started = build(job)) {
                assertThat(started.kill().exit()).isEqualTo(137);
            }
            Machine.awaitNone("echo " + mark);

            job.end();

            assertThat(job.privateFiles()).isEmpty();
        }
    }
}
