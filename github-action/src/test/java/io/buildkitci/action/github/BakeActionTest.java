package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.github.PlayedJob.Told;
import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.runner.RunnerView;
import io.buildkitci.failure.Blame;
import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BakeActionTest {
    private static final String TOKEN = "ghs_correct-horse-battery";
    private static final String RUN = "https://github.example/octo/app/actions/runs/7/attempts/2";

    private final PlayedJob job = new PlayedJob("bake");
    private String definition = """
            {"target": {
              "app": {"context": ".", "tags": ["registry.example/app:1"], "output": [{"type": "registry"}]},
              "db":  {"context": ".", "attest": [{"type": "provenance", "mode": "min"}]}}}
            """;

    @BeforeEach
    void play() {
        job.machine
                .runner
                .on(PlayedMachine.BUILDX, "inspect")
                .out(
                        "Name: ci",
                        "Driver: docker-container",
                        "",
                        "Nodes:",
                        "Name: ci0",
                        "Endpoint: unix:///var/run/docker.sock",
                        "Status: running",
                        "BuildKit version: v0.32.2",
                        "Platforms: linux/amd64");
        job.machine.runner.on(PlayedMachine.BUILDX, "bake").run((command, output) -> {
            List<String> argv = command.argv();
            if (argv.contains("--print")) {
                definition.lines().forEach(line -> output.line(Stream.OUT, line));
            } else if (argv.contains("--metadata-file")) {
                job.machine.files.with(
                        argv.get(argv.indexOf("--metadata-file") + 1),
                        "{\"app\": {\"containerimage.digest\": \"" + PlayedMachine.DIGEST + "\"}}");
            }
            return new Outcome.Exited(0);
        });
    }

    private Command build() {
        return job.machine.runner.commands().stream()
                .filter(command -> command.argv().contains("--metadata-file"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theCommitOfTheWorkflowIsTheSourceAndItsTokenIsHandedInTheEnvironment() throws InterruptedException {
        Told told = job.input("github-token", TOKEN).main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(build().argv()).contains(PlayedJob.COMMIT_URL).noneMatch(word -> word.contains(TOKEN));
        assertThat(build().environment()).containsEntry("BUILDX_BAKE_GIT_AUTH_TOKEN", TOKEN);
        assertThat(told.view().data("add-mask")).contains(TOKEN);
    }

    @Test
    void anotherSourceDoesNotSeeTheToken() throws InterruptedException {
        Told told = job.input("github-token", TOKEN)
                .input("source", "https://git.example/other.git#main")
                .main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(build().environment()).doesNotContainKey("BUILDX_BAKE_GIT_AUTH_TOKEN");
    }

    @Test
    void everyTargetThatSaysNothingGetsProvenanceThatNamesTheRun() throws InterruptedException {
        Told told = job.input("source", ".").main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(build().argv())
                .contains("app.attest=type=provenance,mode=max,builder-id=" + RUN)
                .contains("db.attest=type=provenance,mode=min,builder-id=" + RUN)
                .containsSequence("--allow", "fs=*");
    }

    @ParameterizedTest
    @CsvSource({"false, --provenance=false", "mode=min, '--provenance=mode=min,builder-id=" + RUN + "'"})
    void provenanceThatIsAskedForHoldsForAll(String asked, String flag) throws InterruptedException {
        Told told = job.input("source", ".").input("provenance", asked).main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(build().argv()).contains(flag).noneMatch(word -> word.contains(".attest="));
    }

    @Test
    void tellsDigestsMetadataAndASummaryOfEachTarget() throws InterruptedException {
        Told told = job.input("source", ".").input("push", "true").main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(told.outputs()).contains(Map.entry("digests", "{\"app\":\"" + PlayedMachine.DIGEST + "\"}"));
        assertThat(told.outputs().get("metadata")).contains("containerimage.digest");
        assertThat(told.summary()).contains("2 targets built", "| app ", "| db ", PlayedMachine.DIGEST);
        assertThat(RunnerView.group(told.log(), "Bake definition")).isPresent();
    }

    @Test
    void whatIsWrongWithATargetIsToldAndNothingIsBuilt() throws InterruptedException {
        definition = "{\"target\": {\"app\": {\"context\": \".\", \"output\": [{\"type\": \"registry\"}]}}}";
        Told told = job.input("source", ".").main();

        assertThat(told.exit()).isEqualTo(Blame.INPUT.exitCode());
        assertThat(told.errors()).singleElement().asString().contains("target 'app': outputs", "nothing says where to");
        assertThat(job.machine.runner.commands())
                .noneMatch(command -> command.argv().contains("--metadata-file"));
    }
}
