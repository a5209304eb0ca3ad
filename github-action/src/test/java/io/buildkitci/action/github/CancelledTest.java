package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.runner.RunnerView;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A job that is cancelled interrupts the step. */
class CancelledTest {
    @Test
    void theRunnerReadsCommandsAgainWhenABuildWasCancelled() {
        PlayedJob job = new PlayedJob("build-push");
        job.machine.runner.on(PlayedMachine.BUILDX, "build").run((command, output) -> {
            output.line(Stream.ERR, "::error::not ours");
            throw new InterruptedException();
        });

        assertThatThrownBy(job::main).isInstanceOf(InterruptedException.class);
        assertThat(job.log()).contains("::stop-commands::");
        assertThat(RunnerView.of(job.log()).stopped()).isFalse();
        assertThat(RunnerView.of(job.log()).all("error")).isEmpty();
    }

    @Test
    void nothingRunsInAStepThatIsCancelledBeforeItBegins() {
        PlayedJob job = new PlayedJob("build-push");
        Thread.currentThread().interrupt();

        assertThatThrownBy(job::main).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(job.machine.runner.commands()).isEmpty();
    }

    @Test
    void aBuilderThatWasBeingMadeIsRemovedByThePostStep() throws InterruptedException {
        PlayedJob job = new PlayedJob("create-builder").input("name", "ci");
        PlayedBuilders builders = new PlayedBuilders(job.machine);
        job.machine
                .runner
                .when(command -> command.argv().contains("--bootstrap"))
                .run((command, output) -> {
                    output.line(Stream.ERR, "#1 booting");
                    throw new InterruptedException();
                });
        job.machine.runner.on(PlayedMachine.BUILDX, "rm").run((command, output) -> new Outcome.Exited(1));

        assertThatThrownBy(job::main).isInstanceOf(InterruptedException.class);
        assertThat(RunnerView.of(job.log()).stopped()).isFalse();
        String state = RunnerView.values(
                        job.machine.files.read(Path.of("/runner/state")).orElse(""))
                .getOrDefault(Undo.STATE, "");
        assertThat(Undo.parse(state).builder()).isEqualTo(Optional.of("ci"));
        assertThat(builders.has("ci")).isTrue();
        PlayedBuilders again = new PlayedBuilders(job.machine);
        assertThat(job.post(state).exit()).isZero();
        assertThat(again.has("ci")).isFalse();
    }
}
