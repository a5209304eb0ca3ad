package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.github.PlayedJob.Told;
import io.buildkitci.action.runner.RunnerView;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.failure.Blame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QemuActionTest {
    private final PlayedJob job = new PlayedJob("setup-qemu");

    private FakeDockerEngine engine(String image) {
        FakeDockerEngine engine = FakeDockerEngine.onLinux()
                .withImage(
                        image,
                        arguments -> new DockerEngine.Ran(
                                Optional.of(0), "{\"supported\":[\"linux/amd64\",\"linux/arm64\"]}"));
        job.machine.engine = engine;
        return engine;
    }

    @Test
    void tellsWhatRunsHereNow() throws InterruptedException {
        FakeDockerEngine engine = engine("mirror.example/binfmt:1");
        Told told = job.input("platforms", "linux/arm64,linux/amd64")
                .input("image", "mirror.example/binfmt:1")
                .main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(told.outputs()).containsOnly(Map.entry("platforms", "linux/amd64,linux/arm64"));
        assertThat(RunnerView.group(told.log(), "Emulators").orElseThrow())
                .anyMatch(line -> line.startsWith("linux/arm64") && line.contains("emulated by"))
                .anyMatch(line -> line.startsWith("linux/amd64") && line.contains("native"));
        assertThat(engine.runs()).containsExactly(List.of("mirror.example/binfmt:1", "--install", "arm64"));
    }

    @Test
    void aPlatformThatNothingRunsIsOneErrorThatSaysWhatWould() throws InterruptedException {
        engine("docker.io/tonistiigi/binfmt:latest");
        Told told = job.input("platforms", "linux/arm64,linux/s390x").main();

        assertThat(told.exit()).isEqualTo(Blame.ENVIRONMENT.exitCode());
        assertThat(told.errors()).hasSize(1);
        assertThat(told.errors().get(0)).startsWith("nothing on this runner runs linux/s390x\n-> ");
        assertThat(told.outputs()).containsEntry("platforms", "linux/amd64,linux/arm64");
    }

    @Test
    void anEngineThatDoesNotAnswerIsToldOf() throws InterruptedException {
        job.machine.engine = FakeDockerEngine.unreachable("Cannot connect to the Docker daemon");
        Told told = job.input("platforms", "linux/arm64").main();

        assertThat(told.exit()).isEqualTo(Blame.ENVIRONMENT.exitCode());
        assertThat(told.errors().get(0)).contains("Cannot connect to the Docker daemon");
        assertThat(told.outputs()).containsEntry("platforms", "linux/amd64");
    }

    @Test
    void inputsThatAreWrongAreToldBeforeAnythingRuns() throws InterruptedException {
        FakeDockerEngine engine = engine("docker.io/tonistiigi/binfmt:latest");
        Told told = job.input("platforms", "windows/amd64,linux/arm65")
                .input("reset", "maybe")
                .main();

        assertThat(told.exit()).isEqualTo(Blame.INPUT.exitCode());
        assertThat(told.errors()).hasSize(1);
        assertThat(told.errors().get(0)).contains("'windows/amd64'", "'linux/arm65'", "- reset: 'maybe'");
        assertThat(engine.runs()).isEmpty();
    }
}
