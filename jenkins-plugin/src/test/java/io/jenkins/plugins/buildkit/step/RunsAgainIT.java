package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Result;
import io.buildkitci.testbed.FaultyRegistry;
import io.buildkitci.testbed.Testbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds with a registry that fails for a while, or never answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsAgainIT {
    private static final Testbed TESTBED = Testbed.here();

    /** As it is told meanwhile; the report at the end repeats it. */
    private static final Pattern RUN_AGAIN =
            Pattern.compile("(?m)^run (\\d) failed at [\\d.]+ s, run again after 2\\.0 s: ");

    private EnvVars environment = new EnvVars();
    private FaultyRegistry registry;
    private Path directory = Path.of("");
    private String mark = "";

    @BeforeAll
    void makeABuilderAndARegistry(@TempDir Path config) throws Exception {
        environment = Agents.environment(config);
        registry = FaultyRegistry.before(TESTBED.registry());
    }

    @AfterAll
    void end() {
        registry.close();
    }

    @BeforeEach
    void makeAWorkspace(@TempDir Path temporary) throws Exception {
        mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        directory = Files.createDirectories(temporary.resolve("agent"));
        Files.createDirectories(PlayedPipeline.workspace(directory));
    }

    private PlayedPipeline push(String fault, String run, Map<String, ?> arguments) throws Exception {
        Files.writeString(
                PlayedPipeline.workspace(directory).resolve("Dockerfile"),
                "FROM " + TESTBED.base() + "\nRUN " + run + "\n");
        Map<String, Object> all = new LinkedHashMap<>(arguments);
        all.put("builder", "testbed");
        all.put("push", true);
        all.put("tags", registry.address() + "/" + fault + "/a" + mark + ":1");
        return new PlayedPipeline(directory, environment, Steps.build(all)).start();
    }

    private List<String> left() {
        Path workspace = PlayedPipeline.workspace(directory);
        return Agents.files(workspace.resolveSibling(workspace.getFileName() + "@tmp")).stream()
                .filter(file -> !file.endsWith(".lock"))
                .toList();
    }

    /** The first run is over, and nothing of it is left. */
    private static void awaitThePause(PlayedPipeline pipeline) throws InterruptedException {
        pipeline.await("failed run", () -> RUN_AGAIN.matcher(pipeline.log()).find());
        pipeline.await(
                "pause",
                () -> "waiting to run the build again"
                        .equals(pipeline.execution().getStatus()));
    }

    private void assertBuiltOnceAndPushed(PlayedPipeline pipeline) throws Throwable {
        BuildResult image = (BuildResult) pipeline.result();
        assertThat(image.getDigest()).startsWith("sha256:");
        assertThat(image.getCached()).as("steps of the last run").isEqualTo(image.getSteps());
        assertThat(pipeline.log()).containsOnlyOnce("    | " + mark + "\n").contains("  attempts   2\n");
        assertThat(RUN_AGAIN.matcher(pipeline.log()).results())
                .extracting(told -> told.group(1))
                .containsExactly("1");
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flaky-503-10", "broken-30", "flaky-429-5"})
    void aPushThatIsRefusedForAMomentIsTriedAgainAndNoStepIsBuiltTwice(String fault) throws Throwable {
        assertBuiltOnceAndPushed(push(fault, "echo " + mark, Map.of()));
    }

    @Test
    void aRestartBetweenTwoRunsBeginsTheSecond() throws Throwable {
        PlayedPipeline pipeline = push("flaky-429-5", "echo " + mark, Map.of());
        awaitThePause(pipeline);
        assertThat(left()).isEmpty();

        pipeline.restart();

        assertBuiltOnceAndPushed(pipeline);
    }

    @Test
    void targetsOfADefinitionAreTriedAgainOverARestartToo() throws Throwable {
        Path workspace = PlayedPipeline.workspace(directory);
        Files.writeString(workspace.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\nRUN echo " + mark + "\n");
        Files.writeString(
                workspace.resolve("docker-bake.hcl"),
                "target \"default\" { tags = [\"" + registry.address() + "/flaky-429-5/a" + mark + ":1\"] }\n");
        PlayedPipeline pipeline = new PlayedPipeline(
                        directory, environment, Steps.bake(Map.of("builder", "testbed", "push", true)))
                .start();
        awaitThePause(pipeline);

        pipeline.restart();

        BakeResult images = (BakeResult) pipeline.result();
        assertThat(images.getDigests()).containsOnlyKeys("default");
        assertThat(pipeline.log()).containsOnlyOnce("    | " + mark + "\n");
        assertThat(RUN_AGAIN.matcher(pipeline.log()).results()).hasSize(1);
        assertThat(pipeline.page())
                .singleElement()
                .satisfies(section -> assertThat(section.getArticle()).contains("run 1 failed at "));
        assertThat(left()).isEmpty();
    }

    @Test
    void aRestartInTheSecondRunKnowsOfTheFirst() throws Throwable {
        PlayedPipeline pipeline = push("flaky-429-1000", "echo " + mark, Map.of("retries", 2));
        awaitThePause(pipeline);
        pipeline.awaitLog("run 2 failed at ");

        pipeline.restart();

        assertThat(pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("[registry-rate-limited]");
        assertThat(pipeline.log()).containsOnlyOnce("    | " + mark + "\n").doesNotContain("run 3 failed at ");
        assertThat(left()).isEmpty();
    }

    @Test
    void anAbortBetweenTwoRunsIsAtOnceAndNothingIsBegunAgain() throws Throwable {
        PlayedPipeline pipeline = push("flaky-429-1000", "echo " + mark, Map.of("retries", 3));
        awaitThePause(pipeline);
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        pipeline.stop(cause);

        assertThat(pipeline.failure()).isSameAs(cause);
        TimeUnit.SECONDS.sleep(3); // the second run would have begun
        assertThat(Agents.processes("a" + mark)).isEmpty();
        assertThat(left()).isEmpty();
        assertThat(pipeline.log()).containsOnlyOnce("\nrun 1 failed at ").doesNotContain("run 2 failed at ");
    }

    @Test
    void zeroRetriesFailAtOnce() throws Throwable {
        PlayedPipeline pipeline = push("flaky-429-5", "echo " + mark, Map.of("retries", 0));

        assertThat(pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("[registry-rate-limited]");
        assertThat(pipeline.log()).doesNotContain("run 1 failed at ");
        assertThat(left()).isEmpty();
    }

    @Test
    void aStepThatFailsIsNeverTriedAgain() throws Throwable {
        PlayedPipeline pipeline = push("good", "echo " + mark + "; exit 3", Map.of("retries", 5));

        assertThat(pipeline.failure()).isInstanceOf(AbortException.class).hasMessageContaining("[step-failed]");
        assertThat(pipeline.log()).containsOnlyOnce("    | " + mark + "\n").doesNotContain("run 1 failed at ");
    }

    @Test
    void aRegistryThatAcceptsAndNeverAnswersIsGivenUp() throws Throwable {
        PlayedPipeline pipeline = push("stall", "echo " + mark, Map.of("inactivityTimeout", "3s", "retries", 0));

        assertThat(pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("while it waited for: ")
                .hasMessageContaining("pushing")
                .hasMessageContaining("[stalled]");
        assertThat(Agents.processes("a" + mark)).isEmpty();
        assertThat(left()).isEmpty();
    }

    @Test
    void aBuildThatTakesTooLongIsEndedAlsoOverARestart() throws Throwable {
        String nap = "14142." + ThreadLocalRandom.current().nextInt(1_000_000);
        PlayedPipeline pipeline = push("good", "echo " + mark + "; sleep " + nap, Map.of("timeout", "8s"));
        pipeline.awaitLog("| " + mark);
        assertThat(Agents.processes("sleep " + nap)).isNotEmpty();

        pipeline.restart();

        assertThat(pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("[timed-out]")
                .hasMessageContaining("RUN echo " + mark);
        Agents.awaitNone("sleep " + nap);
        assertThat(left()).isEmpty();
    }
}
