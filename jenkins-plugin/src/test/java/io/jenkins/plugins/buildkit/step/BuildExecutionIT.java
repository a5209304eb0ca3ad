package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Result;
import io.buildkitci.testbed.Testbed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real builds on an agent of this machine, interrupted in every way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BuildExecutionIT {
    private static final Testbed TESTBED = Testbed.here();
    private static final String COUNTING = """
            FROM %s
            ARG MARK
            RUN for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "$MARK-$i-"; sleep 0.3; done
            """.formatted(TESTBED.base());

    private EnvVars environment = new EnvVars();
    private Path directory = Path.of("");
    private String mark = "";

    @BeforeAll
    void makeABuilder(@TempDir Path config) throws Exception {
        environment = Agents.environment(config);
    }

    @BeforeEach
    void makeAWorkspace(@TempDir Path temporary) throws Exception {
        mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        directory = Files.createDirectories(temporary.resolve("agent with blanks and ümlaut"));
        Files.createDirectories(PlayedPipeline.workspace(directory));
    }

    private PlayedPipeline pipeline(String dockerfile, Map<String, ?> arguments) throws Exception {
        Files.writeString(PlayedPipeline.workspace(directory).resolve("Dockerfile"), dockerfile);
        return new PlayedPipeline(directory, environment, Steps.build(arguments)).start();
    }

    private List<String> left() {
        Path workspace = PlayedPipeline.workspace(directory);
        return Agents.files(workspace.resolveSibling(workspace.getFileName() + "@tmp")).stream()
                .filter(file -> !file.endsWith(".lock"))
                .toList();
    }

    @Test
    void buildsForTwoPlatformsAndPushes() throws Throwable {
        String tag = TESTBED.registry() + "/jenkins/" + mark + ":1";
        Files.writeString(PlayedPipeline.workspace(directory).resolve("hello.txt"), mark);
        PlayedPipeline pipeline = pipeline(
                "FROM scratch\nCOPY hello.txt /\n",
                Map.of(
                        "platforms", List.of("linux/amd64", "linux/arm64"),
                        "tags", List.of(tag),
                        "push", true,
                        "labels", Map.of("a", "1,2", "b", "say \"hi\""),
                        "builder", "testbed"));

        BuildResult image = (BuildResult) pipeline.result();

        assertThat(image.getDigest()).startsWith("sha256:");
        assertThat(image.getPlatforms()).containsOnlyKeys("linux/amd64", "linux/arm64");
        assertThat(image.getTags()).containsExactly(tag);
        assertThat(image.getSteps()).isPositive();
        assertThat(pipeline.log())
                .contains("Built for linux/amd64, linux/arm64")
                .contains(image.getDigest());
        assertThat(left()).isEmpty();
    }

    @Test
    void tellsOfAFailedStepWithoutAStackTraceAndLeavesNothing() throws Throwable {
        PlayedPipeline pipeline = pipeline(
                "FROM " + TESTBED.base() + "\nRUN echo " + mark + " && exit 3\n", Map.of("builder", "testbed"));

        Throwable failure = pipeline.failure();

        assertThat(failure).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage()).contains("exit").contains("3").contains("->");
        assertThat(pipeline.log()).contains("| " + mark);
        assertThat(left()).isEmpty();
    }

    @Test
    void listsEveryProblemOfTheParametersAndRunsNothing() throws Throwable {
        PlayedPipeline pipeline = pipeline(
                "FROM scratch\n",
                Map.of("platforms", "linux/amd64,linux/foo", "tags", "UPPER", "buildArgs", List.of("nothing=", "=x")));

        Throwable failure = pipeline.failure();

        assertThat(failure).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage())
                .contains("platforms: 'linux/foo'")
                .contains("tags: 'UPPER'")
                .contains("buildArgs:")
                .contains("nothing was run");
        assertThat(left()).isEmpty();
    }

    @Test
    void anAbortEndsTheRunningStepAndRemovesEveryFile() throws Throwable {
        String nap = "31415." + ThreadLocalRandom.current().nextInt(1_000_000);
        PlayedPipeline pipeline = pipeline(
                "FROM " + TESTBED.base() + "\nRUN echo " + mark + " && sleep " + nap + "\n",
                Map.of("builder", "testbed"));
        pipeline.awaitLog("| " + mark);
        assertThat(Agents.processes("sleep " + nap)).isNotEmpty();
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        pipeline.stop(cause);

        assertThat(pipeline.failure()).isSameAs(cause);
        Agents.awaitNone("sleep " + nap);
        assertThat(left()).isEmpty();
        assertThat(pipeline.log()).contains("CANCELED [2/2] RUN echo " + mark);
    }

    @Test
    void aRestartInTheMiddleRepeatsNothingAndTheResultIsRight() throws Throwable {
        PlayedPipeline pipeline = pipeline(COUNTING, Map.of("builder", "testbed", "buildArgs", Map.of("MARK", mark)));
        pipeline.awaitLog("| " + mark + "-5-");

        pipeline.restart();

        BuildResult image = (BuildResult) pipeline.result();
        assertThat(image.getSteps()).isPositive();
        assertCountedOnce(pipeline);
        assertThat(left()).isEmpty();
    }

    @Test
    void aBuildThatEndedWhileTheControllerWasAwayIsTakenUp() throws Throwable {
        PlayedPipeline pipeline = pipeline(COUNTING, Map.of("builder", "testbed", "buildArgs", Map.of("MARK", mark)));
        pipeline.awaitLog("| " + mark + "-2-");
        pipeline.drop();
        byte[] state = pipeline.serialised();
        Path exit = Path.of(privateDirectory()).resolve("exit");
        pipeline.await("end of buildx", () -> Files.exists(exit));

        pipeline.restart(state);

        assertThat(pipeline.result()).isInstanceOf(BuildResult.class);
        assertCountedOnce(pipeline);
        assertThat(left()).isEmpty();
    }

    private String privateDirectory() {
        return left().stream()
                .filter(file -> file.endsWith("/trace"))
                .map(file -> file.substring(0, file.length() - "/trace".length()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDroppedConnectionIsTakenUpWhenTheAgentIsBack() throws Throwable {
        PlayedPipeline pipeline = pipeline(COUNTING, Map.of("builder", "testbed", "buildArgs", Map.of("MARK", mark)));
        pipeline.awaitLog("| " + mark + "-4-");

        pipeline.drop();
        pipeline.reconnect();

        assertThat(pipeline.result()).isInstanceOf(BuildResult.class);
        assertCountedOnce(pipeline);
        assertThat(left()).isEmpty();
    }

    @Test
    void anAbortAfterARestartEndsTheClient() throws Throwable {
        String nap = "27182." + ThreadLocalRandom.current().nextInt(1_000_000);
        PlayedPipeline pipeline = pipeline(
                "FROM " + TESTBED.base() + "\nRUN echo " + mark + " && sleep " + nap + "\n",
                Map.of("builder", "testbed"));
        pipeline.awaitLog("| " + mark);
        pipeline.restart();
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        pipeline.stop(cause);

        assertThat(pipeline.failure()).isSameAs(cause);
        Agents.awaitNone("sleep " + nap);
        assertThat(left()).isEmpty();
    }

    @Test
    void aSecretIsNeitherInTheStateNorOnACommandLineNorInTheLog() throws Throwable {
        String secret = "s3cr3t-" + mark;
        PlayedPipeline pipeline = pipeline(
                "FROM " + TESTBED.base()
                        + "\nRUN --mount=type=secret,id=npm cat /run/secrets/npm && echo " + mark
                        + "; sleep 4; cat /run/secrets/npm\n",
                Map.of("builder", "testbed", "secrets", List.of("npm=" + secret)));
        pipeline.awaitLog("***");
        assertThat(new String(pipeline.serialised(), StandardCharsets.ISO_8859_1))
                .doesNotContain(secret);
        assertThat(Agents.processes(secret)).isEmpty();

        pipeline.restart();

        assertThat(pipeline.result()).isInstanceOf(BuildResult.class);
        assertThat(pipeline.log()).doesNotContain(secret);
        assertThat(left()).isEmpty();
    }

    private void assertCountedOnce(PlayedPipeline pipeline) {
        List<String> counted = pipeline.log()
                .lines()
                .filter(line -> line.startsWith("    | " + mark))
                .map(String::strip)
                .toList();
        assertThat(counted)
                .containsExactly(java.util.stream.IntStream.rangeClosed(1, 12)
                        .mapToObj(i -> "| " + mark + "-" + i + "-")
                        .toArray(String[]::new));
    }
}
