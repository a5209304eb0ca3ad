package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.github.PlayedJob.Told;
import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.runner.RunnerView;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanupTest {
    private final PlayedJob job = new PlayedJob("create-builder");
    private final PlayedBuilders builders = new PlayedBuilders(job.machine).with("ci");

    private Told post(Undo undo) throws InterruptedException {
        return job.post(undo.render());
    }

    private static Undo of(boolean keepState, List<String> files) {
        return new Undo(Optional.of("ci"), keepState, Optional.of("mine"), files);
    }

    /** The engine's program, beside the buildx of the machine. */
    private void docker() {
        job.machine.files.withExecutable("/bin/docker");
        job.with("PATH", "/bin");
        job.machine.runner.on("/bin/docker");
    }

    @ParameterizedTest
    @CsvSource({"true, rm --keep-state ci", "false, rm ci"})
    void removesTheBuilderAndGivesTheOneBeforeItBack(boolean keepState, String call) throws InterruptedException {
        builders.with("mine");
        job.machine.files.with("/buildx/current", "{\"Key\":\"unix:///var/run/docker.sock\",\"Name\":\"ci\"}");
        Told told = post(of(keepState, List.of()));

        assertThat(told.exit()).isZero();
        assertThat(builders.changes()).containsExactly(call, "use mine");
        assertThat(told.view().plain()).contains("builder ci removed");
    }

    @Test
    void removesFilesAndNothingElse() throws InterruptedException {
        job.machine.files.with("/buildx/certs/key.pem", "x").with("/buildx/certs/other.pem", "x");
        Told told = post(new Undo(Optional.empty(), false, Optional.empty(), List.of("/buildx/certs/key.pem")));

        assertThat(told.exit()).isZero();
        assertThat(job.machine.files.list(Path.of("/buildx/certs"))).containsExactly("other.pem");
        assertThat(job.machine.runner.commands()).isEmpty();
    }

    @Test
    void whatMainLeftIsWhatPostTakesBack() throws InterruptedException {
        PlayedJob other = new PlayedJob("create-builder");
        PlayedBuilders its = new PlayedBuilders(other.machine);
        Told main = other.input("name", "made").main();
        Told post = other.post(main);

        assertThat(post.exit()).isZero();
        assertThat(its.changes()).endsWith("use made", "rm made", "use default");
        assertThat(its.has("made")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"''", "not JSON"})
    void runsNothingWhereNothingIsToBeTakenBack(String state) throws InterruptedException {
        Told told = job.post(state);

        assertThat(told.exit()).isZero();
        assertThat(told.log()).isEmpty();
        assertThat(job.machine.runner.commands()).isEmpty();
    }

    @Test
    void aBuilderThatIsNotRemovedIsAWarningAndFilesGoAllTheSame() throws InterruptedException {
        job.machine
                .runner
                .on(PlayedMachine.BUILDX, "rm")
                .err("ERROR: context deadline exceeded")
                .exit(1);
        job.machine.files.with("/buildx/certs/key.pem", "x");
        Told told = post(of(false, List.of("/buildx/certs/key.pem")));

        assertThat(told.exit()).isZero();
        assertThat(told.errors()).isEmpty();
        assertThat(told.view().data("warning").get(0))
                .contains("builder ci was not removed", "context deadline exceeded");
        assertThat(job.machine.files.list(Path.of("/buildx/certs"))).isEmpty();
    }

    @Test
    void aMachineWithoutBuildxIsAWarning() throws InterruptedException {
        job.with("BUILDKIT_CI_BUILDX", "/gone");
        Told told = post(of(false, List.of("\u0000")));

        assertThat(told.exit()).isZero();
        assertThat(told.view().data("warning")).hasSize(2).anyMatch(text -> text.contains("no buildx was found"));
    }

    @Test
    void aBuilderThatIsGoneAlreadyIsNoWarning() throws InterruptedException {
        Told told = post(new Undo(Optional.of("gone"), false, Optional.empty(), List.of()));

        assertThat(told.view().all("warning")).isEmpty();
        assertThat(told.view().plain()).contains("builder gone was gone already");
    }

    @Test
    void showsWhatTheDaemonsWroteWhereTheRunIsDebugged() throws InterruptedException {
        docker();
        job.machine.runner.when(command -> command.argv().contains("logs")).err("time=1 level=debug msg=::error::no");
        Told told = job.with("RUNNER_DEBUG", "1").post(of(false, List.of()).render());

        assertThat(RunnerView.group(told.log(), "Log of ci0").orElseThrow())
                .contains("time=1 level=debug msg=::error::no");
        assertThat(told.errors()).isEmpty();
    }

    @Test
    void saysWhyThereIsNoLogOfADaemon() throws InterruptedException {
        docker();
        job.machine
                .runner
                .when(command -> command.argv().contains("logs"))
                .err("no such container")
                .exit(1);
        Told told = job.with("RUNNER_DEBUG", "1").post(of(false, List.of()).render());

        assertThat(RunnerView.group(told.log(), "Log of ci0").orElseThrow()).contains("no such container");
    }

    @Test
    void showsNoLogsOtherwise() throws InterruptedException {
        docker();
        Told told = post(of(false, List.of()));

        assertThat(told.log()).doesNotContain("Log of");
    }
}
