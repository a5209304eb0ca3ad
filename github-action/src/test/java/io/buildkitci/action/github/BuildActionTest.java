package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.github.PlayedJob.Told;
import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.runner.RunnerView;
import io.buildkitci.action.runner.RunnerView.Command;
import io.buildkitci.failure.Blame;
import io.buildkitci.process.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildActionTest {
    private static final String PLANTED = "correct-horse-battery";

    private final PlayedJob job = new PlayedJob("build-push");

    private static String token(String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return "e30." + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".x";
    }

    @Test
    void buildsTheCommitOfTheWorkflowUnlessAContextIsGiven() throws InterruptedException {
        job.main();

        assertThat(job.argv()).last().isEqualTo(PlayedJob.COMMIT_URL);
    }

    @ParameterizedTest
    @CsvSource({"app, app", "{{defaultContext}}:sub, https://github.example/octo/app.git#" + PlayedJob.COMMIT + ":sub"})
    void buildsTheContextThatIsGiven(String given, String built) throws InterruptedException {
        job.input("context", given).main();

        assertThat(job.argv()).last().isEqualTo(built);
    }

    @Test
    void theTokenReachesBuildKitAsASecretAndNobodyElse() throws InterruptedException {
        Told told = job.input("github-token", PLANTED).main();

        assertThat(job.argv()).contains("id=GIT_AUTH_TOKEN.github.example,env=BUILDKIT_CI_SECRET_0");
        assertThat(job.machine.builds().get(0).environment()).containsEntry("BUILDKIT_CI_SECRET_0", PLANTED);
        assertThat(told.view().data("add-mask")).contains(PLANTED);
        assertThat(told.log().replace("::add-mask::" + PLANTED, "")).doesNotContain(PLANTED);
    }

    @Test
    void outputsAreThoseOfThePeerAndMore() throws InterruptedException {
        String metadata = "{\n  \"containerimage.digest\": \"" + PlayedMachine.DIGEST + "\"\n}";
        job.machine.runner.on(PlayedMachine.BUILDX, "build").run((command, output) -> {
            int flag = command.argv().indexOf("--metadata-file");
            job.machine.files.with(command.argv().get(flag + 1), metadata + "\n");
            int id = command.argv().indexOf("--iidfile");
            job.machine.files.with(command.argv().get(id + 1), "sha256:1d");
            return new Outcome.Exited(0);
        });
        Told told = job.input("platforms", "linux/amd64")
                .input("tags", "octo/app:1")
                .input("push", "true")
                .main();

        assertThat(told.exit()).isZero();
        assertThat(told.outputs())
                .containsEntry("digest", PlayedMachine.DIGEST)
                .containsEntry("imageid", "sha256:1d")
                .containsEntry("metadata", metadata)
                .containsEntry("digests", "{\"linux/amd64\":\"" + PlayedMachine.DIGEST + "\"}");
        assertThat(RunnerView.group(told.log(), "Metadata")).isPresent();
    }

    @Test
    void everyProblemIsInOneErrorAndNothingRuns() throws InterruptedException {
        Told told = job.input("platforms", "linux/amd63")
                .input("push", "yes")
                .input("secrets", PLANTED)
                .with("DOCKER_BUILD_SUMMARY", "perhaps")
                .main();

        assertThat(told.exit()).isEqualTo(Blame.INPUT.exitCode());
        assertThat(told.errors()).hasSize(1);
        assertThat(told.errors().get(0))
                .contains(
                        "- platforms: 'linux/amd63'",
                        "- push: 'yes'",
                        "- secrets:",
                        "- DOCKER_BUILD_SUMMARY: 'perhaps'");
        assertThat(told.log()).doesNotContain(PLANTED);
        assertThat(job.machine.runner.commands()).isEmpty();
    }

    @Test
    void anInputThatThereIsNotIsToldAndNotUsed() throws InterruptedException {
        Told told = job.input("platfrms", "linux/arm64").main();

        assertThat(told.exit()).isZero();
        assertThat(told.view().data("warning"))
                .containsExactly("there is no input 'platfrms'; it is not used; did you mean 'platforms'?");
        assertThat(job.argv()).doesNotContain("--platform");
    }

    @Test
    void inputsOfHyphensAndOfNothingAreReadAsTheRunnerWritesThem() throws InterruptedException {
        job.input("build-args", "A=1\nB=x,y")
                .input("tags", "")
                .input("no-cache", "True")
                .main();

        assertThat(job.argv()).containsSubsequence("--build-arg", "A=1", "--build-arg", "B=x,y", "--no-cache");
        assertThat(job.argv()).doesNotContain("--tag");
    }

    @Test
    void aStepThatThereIsNotIsRefused() throws InterruptedException {
        Told told = new PlayedJob("deploy").main();

        assertThat(told.exit()).isEqualTo(Blame.INPUT.exitCode());
        assertThat(told.errors().get(0)).contains("'deploy'", "build-push, bake, setup-qemu, create-builder, all");
    }

    /** Exit status alone decides: a client that says nothing has failed too. */
    @ParameterizedTest
    @ValueSource(strings = {"", "ERROR: failed to solve: process \"/bin/sh -c false\" did not complete successfully"})
    void everyStatusButZeroIsAFailure(String said) throws InterruptedException {
        if (said.isEmpty()) {
            job.machine.runner.on(PlayedMachine.BUILDX, "build").exit(1);
        } else {
            job.machine.failing(said);
        }
        Told told = job.main();

        assertThat(told.exit()).isNotZero();
        assertThat(told.errors()).hasSize(1);
        assertThat(told.outputs()).doesNotContainKey("digest");
    }

    @Test
    void aFailurePointsAtItsLineOfTheRepository() throws InterruptedException {
        job.machine.failing(
                "Dockerfile:3",
                "--------------------",
                "   3 | >>> RUN exit 42",
                "ERROR: failed to build: failed to solve: process \"/bin/sh -c exit 42\" did not complete successfully:"
                        + " exit code: 42");
        Told told = job.input("context", "app").main();

        assertThat(told.view().all("error"))
                .extracting(Command::properties)
                .containsExactly(Map.of("title", "The build failed", "file", "app/Dockerfile", "line", "3"));
        assertThat(told.exit()).isEqualTo(Blame.BUILD.exitCode());
    }

    @Test
    void whatABuildPrintsCommandsNothing() throws InterruptedException {
        String hostile = Base64.getEncoder()
                .encodeToString(
                        "::set-output name=digest::evil\n##[add-mask]x\n::error::x\n".getBytes(StandardCharsets.UTF_8));
        job.machine
                .runner
                .on(PlayedMachine.BUILDX, "build")
                .err(
                        "{\"vertexes\":[{\"digest\":\"sha256:1\",\"name\":\"[1/1] RUN x\",\"started\":\"2026-01-01T00:00:00Z\"}]}",
                        "{\"logs\":[{\"vertex\":\"sha256:1\",\"stream\":1,\"data\":\"" + hostile
                                + "\",\"timestamp\":\"2026-01-01T00:00:00Z\"}]}",
                        "::error::not ours either",
                        "{\"vertexes\":[{\"digest\":\"sha256:1\",\"name\":\"[1/1] RUN x\",\"started\":\"2026-01-01T00:00:00Z\",\"completed\":\"2026-01-01T00:00:01Z\"}]}")
                .exit(0);
        Told told = job.main();

        assertThat(told.log()).contains("::set-output name=digest::evil");
        assertThat(told.view().commands()).extracting(Command::name).containsOnly("stop-commands", "group", "endgroup");
        assertThat(told.view().stopped()).isFalse();
    }

    @Test
    void secretsAreMaskedBeforeAnythingElseIsSaid() throws InterruptedException {
        job.machine.files.with("netrc", "machine x\n  password file-" + PLANTED + "\n");
        Told told = job.input(
                        "secrets", "npm=value-" + PLANTED + "\n\"key=first-" + PLANTED + "\nsecond-" + PLANTED + "\"")
                .input("secret-envs", "e=TOKEN")
                .with("TOKEN", "env-" + PLANTED)
                .input("secret-files", "f=netrc")
                .main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(told.view().data("add-mask"))
                .contains(
                        "value-" + PLANTED,
                        "first-" + PLANTED + "\nsecond-" + PLANTED,
                        "first-" + PLANTED,
                        "second-" + PLANTED,
                        "env-" + PLANTED,
                        "password file-" + PLANTED);
        List<String> said =
                told.log().lines().filter(l -> !l.startsWith("::add-mask::")).toList();
        assertThat(said).noneMatch(line -> line.contains(PLANTED));
        assertThat(told.log().lines().findFirst().orElseThrow()).startsWith("::add-mask::");
    }

    @Test
    void aCacheThatMayOnlyBeReadIsNotWrittenAndThatIsTold() throws InterruptedException {
        Told told = job.with(
                        "ACTIONS_RUNTIME_TOKEN",
                        token("{\"ac\":\"[{\\\"Scope\\\":\\\"refs/heads/main\\\",\\\"Permission\\\":1}]\"}"))
                .with("ACTIONS_RESULTS_URL", "https://results.example/")
                .input("cache-from", "type=gha")
                .input("cache-to", "type=gha,mode=max")
                .main();

        assertThat(job.argv()).contains("--cache-from").doesNotContain("--cache-to");
        assertThat(told.view().data("notice")).hasSize(1);
        assertThat(told.view().data("notice").get(0)).contains("cache-to type=gha was left out");
        assertThat(told.exit()).isZero();
    }

    @Test
    void theCacheOfTheRunnerHasAScopeForEachBranchAndReadsTheDefaultBranchs() throws InterruptedException {
        job.machine.files.with("/runner/event.json", "{\"repository\":{\"default_branch\":\"trunk\"}}");
        String secret = token("{\"x\":\"" + PLANTED + "\"}");
        job.with("GITHUB_EVENT_PATH", "/runner/event.json")
                .with("GITHUB_BASE_REF", "release")
                .with("ACTIONS_RUNTIME_TOKEN", secret)
                .with("ACTIONS_RESULTS_URL", "https://results.example/")
                .input("tags", "octo/app:1")
                .input("platforms", "linux/amd64")
                .input("cache", "gha")
                .main();

        assertThat(job.argv())
                .containsSubsequence(
                        "--cache-from",
                        "type=gha,scope=octo/app@amd64-topic",
                        "--cache-from",
                        "type=gha,scope=octo/app@amd64-release",
                        "--cache-from",
                        "type=gha,scope=octo/app@amd64-trunk",
                        "--cache-to",
                        "type=gha,scope=octo/app@amd64-topic,mode=max,ignore-error=true");
        assertThat(String.join(" ", job.argv())).doesNotContain(secret);
    }

    @Test
    void whatChecksFindBecomesWarningsUnlessSwitchedOff() throws InterruptedException {
        Runnable warned = () -> job.machine
                .runner
                .on(PlayedMachine.BUILDX, "build")
                .err("{\"warnings\":[{\"vertex\":\"sha256:1\",\"level\":1,\"short\":\"U3RhZ2VOYW1lQ2FzaW5nOiBiYWQ=\","
                        + "\"url\":\"https://docs.example/x\",\"sourceInfo\":{\"filename\":\"Dockerfile\"},"
                        + "\"range\":[{\"start\":{\"line\":2}}]}]}")
                .exit(0);
        warned.run();
        Told told = job.input("context", "app").main();
        Told silent = new PlayedJob("build-push")
                .with("DOCKER_BUILD_CHECKS_ANNOTATIONS", "false")
                .main();

        assertThat(told.view().all("warning"))
                .containsExactly(new Command(
                        "warning",
                        Map.of("title", "StageNameCasing", "file", "app/Dockerfile", "line", "2"),
                        "bad\nMore info: https://docs.example/x"));
        assertThat(silent.view().all("warning")).isEmpty();
    }

    @Test
    void anOutputThatCannotBeWrittenIsTold() throws InterruptedException {
        job.machine.files.remove(Path.of("/runner"));
        Told told = job.main();

        assertThat(told.exit()).isZero();
        assertThat(told.view().data("warning"))
                .anyMatch(text -> text.startsWith("the output 'digest' was not written"));
    }
}
