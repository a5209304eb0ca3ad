package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.github.PlayedJob.Told;
import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.failure.Blame;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllActionTest {
    private static final String BINFMT = "docker.io/tonistiigi/binfmt:latest";

    private final PlayedJob job = new PlayedJob("all");
    private final FakeDockerEngine engine = FakeDockerEngine.onLinux()
            .withImage(
                    BINFMT,
                    arguments -> new DockerEngine.Ran(
                            Optional.of(0), "{\"supported\":[\"linux/amd64\",\"linux/arm64\",\"linux/riscv64\"]}"));

    AllActionTest() {
        job.machine.engine = engine;
    }

    /** The current builder, as buildx tells of it. */
    private void current(String driver, String endpoint, String status, String platforms) {
        job.machine
                .runner
                .on(PlayedMachine.BUILDX, "inspect")
                .out(
                        "Name:   far",
                        "Driver: " + driver,
                        "",
                        "Nodes:",
                        "Name:             far0",
                        "Endpoint:         " + endpoint,
                        "Status:           " + status,
                        "BuildKit version: v0.25.1",
                        "Platforms:        " + platforms);
    }

    private static Undo undo(Told told) {
        return Undo.parse(told.state().getOrDefault(Undo.STATE, ""));
    }

    @Test
    void theEnginesOwnBuilderIsTakenWhereItIsAble() throws InterruptedException {
        Told told = job.input("platforms", "linux/amd64,linux/arm64").main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(job.argv()).doesNotContain("--builder");
        assertThat(told.state()).containsOnly(Map.entry(Undo.STATE, ""));
        assertThat(engine.runs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cache-to, 'type=registry,ref=octo/app:cache'",
        "outputs, 'type=oci,dest=app.tar'",
        "platforms, 'linux/amd64,linux/386'"
    })
    void aBuilderIsMadeForWhatTheEnginesOwnCannotDo(String input, String value) throws InterruptedException {
        PlayedBuilders builders = new PlayedBuilders(job.machine);
        Told told = job.input(input, value).main();

        assertThat(told.exit()).as(told.log()).isZero();
        String name = undo(told).builder().orElseThrow();
        assertThat(job.argv()).containsSubsequence("--builder", name);
        assertThat(builders.changes()).noneMatch(line -> line.startsWith("use"));
        assertThat(job.post(told).exit()).isZero();
        assertThat(builders.has(name)).isFalse();
    }

    @Test
    void nothingIsBuiltWhereNoBuilderCanBeMade() throws InterruptedException {
        PlayedBuilders builders = new PlayedBuilders(job.machine);
        builders.boots = false;
        Told told = job.input("driver", "docker-container").main();

        assertThat(told.exit()).isEqualTo(Blame.ENVIRONMENT.exitCode());
        assertThat(told.errors()).hasSize(1);
        assertThat(job.machine.builds()).isEmpty();
    }

    @Test
    void emulatorsOfAMadeBuilderAreThoseThatThisMachineLacks() throws InterruptedException {
        PlayedBuilders builders = new PlayedBuilders(job.machine);
        builders.beforeCreate = () -> assertThat(engine.runs()).hasSize(1);
        Told told = job.input("driver", "docker-container")
                .input("platforms", "linux/amd64,linux/386,linux/arm64,windows/amd64")
                .main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(engine.runs()).containsExactly(List.of(BINFMT, "--install", "arm64"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "remote; tcp://kit.example:1234; running; linux/amd64; 0",
                "kubernetes; kubernetes:///far; running; linux/amd64; 0",
                "docker-container; ssh://arm.example; running; linux/amd64; 0",
                "docker-container; unix:///var/run/docker.sock; running; linux/amd64, linux/386, linux/arm64; 0",
                "docker-container; unix:///var/run/docker.sock; running; linux/arm64, linux/amd64; 0",
                "docker-container; unix:///var/run/docker.sock; running; linux/amd64, linux/386; 1",
                "docker-container; unix:///var/run/docker.sock; inactive; ; 1"
            })
    void emulatorsOfABuilderThatIsThereAreThoseThatItLacksAndThatHelpIt(
            String driver, String endpoint, String status, String platforms, int runs) throws InterruptedException {
        current(driver, endpoint, status, platforms == null ? "" : platforms);
        Told unnamed = job.input("platforms", "linux/arm64").main();
        int first = engine.runs().size();
        Told named = job.input("builder", "far").main();

        assertThat(unnamed.exit()).as(unnamed.log()).isZero();
        assertThat(named.exit()).as(named.log()).isZero();
        assertThat(first).isEqualTo(runs);
        assertThat(engine.runs()).hasSize(2 * runs);
    }

    @Test
    void aBuilderThatIsNamedAndNotThereIsNotReplaced() throws InterruptedException {
        new PlayedBuilders(job.machine);
        job.machine
                .runner
                .on(PlayedMachine.BUILDX, "build")
                .err("ERROR: no builder \"gone\" found")
                .exit(1);
        Told told =
                job.input("builder", "gone").input("platforms", "linux/arm64").main();

        assertThat(told.exit()).isNotZero();
        assertThat(told.errors()).hasSize(1);
        assertThat(told.errors().get(0)).contains("no builder 'gone'");
        assertThat(engine.runs()).isEmpty();
    }

    @Test
    void everyProblemOfEveryPartIsInOneError() throws InterruptedException {
        Told told = job.input("platforms", "linux/amd63")
                .input("driver-opts", "netwrk=host")
                .input("append", "- endpoint: [")
                .input("binfmt-image", "Not An Image")
                .input("builder", "mine")
                .with("DOCKER_BUILD_SUMMARY", "perhaps")
                .main();

        assertThat(told.exit()).isEqualTo(Blame.INPUT.exitCode());
        assertThat(told.errors()).hasSize(1);
        assertThat(told.errors().get(0))
                .contains(
                        "- platforms: 'linux/amd63'",
                        "- driver-opts: 'netwrk=host'",
                        "- append: is not valid YAML",
                        "- binfmt-image: 'Not An Image'",
                        "- driver-opts: says what builder to make, and 'builder' names one",
                        "- DOCKER_BUILD_SUMMARY: 'perhaps'");
        assertThat(job.machine.runner.commands()).isEmpty();
    }

    @Test
    void noticesOnTheBuildersInputsAreTold() throws InterruptedException {
        new PlayedBuilders(job.machine);
        Told told = job.input("driver", "remote")
                .with("BUILDKIT_HOST", "tcp://kit.example:1234")
                .main();

        assertThat(told.view().plain()).anyMatch(line -> line.contains("endpoint: taken from BUILDKIT_HOST"));
    }
}
