package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Result;
import io.buildkitci.testbed.FaultyRegistry;
import io.buildkitci.testbed.Testbed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds with a registry that fails for a while, or never answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunsAgainIT {
    private static final Testbed TESTBED = Testbed.here();

    /** As it is told meanwhile; the report at the end repeats it. */
    private static final Pattern RUN_AGAIN =
            Pattern.compile("(?m)^run (\\d) failed at [\\d.]+ s, run again after 2\\.0 s: ");

    private EnvVars environment = new EnvVars();
    private final List<FaultyRegistry> registries = new ArrayList<>();
    private FaultyRegistry registry;
    private Path agents = Path.of("");
    /** By their faults. BuildKit itself tries these for seconds: they are under way while the other tests run, and looked at last. */
    private final Map<String, Push> slow = new LinkedHashMap<>();

    private Push silent;

    @BeforeAll
    void makeABuilderAndARegistry(@TempDir Path temporary) throws Exception {
        agents = temporary;
        environment = Agents.environment(temporary.resolve("config"));
        for (String fault : List.of("flaky-503-10", "broken-30")) {
            registry = registry();
            slow.put(fault, new Push(fault));
        }
        registry = registry();
        silent = new Push("stall", "", Map.of("inactivityTimeout", "3s", "retries", 0));
    }

    /** BuildKit tries more often over a connection that another push has left open. */
    private FaultyRegistry registry() throws IOException {
        registries.add(FaultyRegistry.before(TESTBED.registry()));
        return registries.get(registries.size() - 1);
    }

    @AfterAll
    void end() {
        registries.forEach(FaultyRegistry::close);
    }

    /** A push under way, from an agent of its own. */
    private final class Push {
        private final String mark = "m" + UUID.randomUUID().toString().substring(0, 8);
        private final Path directory = Files.createDirectories(agents.resolve(mark));
        private final Path workspace = Files.createDirectories(PlayedPipeline.workspace(directory));
        private final PlayedPipeline pipeline;

        Push(String fault) throws Exception {
            this(fault, "", Map.of());
        }

        /** @param run what its step does, besides telling its mark */
        Push(String fault, String run, Map<String, ?> arguments) throws Exception {
            dockerfile(run);
            Map<String, Object> all = new LinkedHashMap<>(arguments);
            all.put("builder", "testbed");
            all.put("push", true);
            all.put("tags", tag(fault));
            pipeline = new PlayedPipeline(directory, environment, Steps.build(all)).start();
        }

        /** Of a definition with one target. */
        Push() throws Exception {
            dockerfile("");
            Files.writeString(
                    workspace.resolve("docker-bake.hcl"),
                    "target \"default\" { tags = [\"" + tag("flaky-429-5") + "\"] }\n");
            pipeline = new PlayedPipeline(
                            directory, environment, Steps.bake(Map.of("builder", "testbed", "push", true)))
                    .start();
        }

        private void dockerfile(String run) throws IOException {
            Files.writeString(
                    workspace.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\nRUN echo " + mark + run + "\n");
        }

        private String tag(String fault) {
            return registry.address() + "/" + fault + "/a" + mark + ":1";
        }

        private List<String> left() {
            return Agents.files(workspace.resolveSibling(workspace.getFileName() + "@tmp")).stream()
                    .filter(file -> !file.endsWith(".lock"))
                    .toList();
        }

        /** The first run is over, and nothing of it is left. */
        private void awaitThePause() throws InterruptedException {
            pipeline.await("failed run", () -> RUN_AGAIN.matcher(pipeline.log()).find());
            awaitTheNextPause();
        }

        /** A run that failed is told of before nothing is left of it. */
        private void awaitTheNextPause() throws InterruptedException {
            pipeline.await(
                    "pause",
                    () -> "waiting to run the build again"
                            .equals(pipeline.execution().getStatus()));
        }

        private void assertBuiltOnceAndPushed() throws Throwable {
            BuildResult image = (BuildResult) pipeline.result();
            assertThat(image.getDigest()).startsWith("sha256:");
            assertThat(image.getCached()).as("steps of the last run").isEqualTo(image.getSteps());
            assertThat(pipeline.log()).containsOnlyOnce("    | " + mark + "\n").contains("  attempts   2\n");
            assertThat(RUN_AGAIN.matcher(pipeline.log()).results())
                    .extracting(told -> told.group(1))
                    .containsExactly("1");
            assertThat(left()).isEmpty();
        }
    }

    @Order(Order.DEFAULT + 1)
    @ParameterizedTest
    @ValueSource(strings = {"flaky-503-10", "broken-30"})
    void aPushThatIsRefusedForAMomentIsTriedAgainAndNoStepIsBuiltTwice(String fault) throws Throwable {
        Objects.requireNonNull(slow.get(fault)).assertBuiltOnceAndPushed();
    }

    @Test
    void aRestartBetweenTwoRunsBeginsTheSecond() throws Throwable {
        Push push = new Push("flaky-429-5");
        push.awaitThePause();
        assertThat(push.left()).isEmpty();

        push.pipeline.restart();

        push.assertBuiltOnceAndPushed();
    }

    @Test
    void targetsOfADefinitionAreTriedAgainOverARestartToo() throws Throwable {
        Push push = new Push();
        push.awaitThePause();

        push.pipeline.restart();

        BakeResult images = (BakeResult) push.pipeline.result();
        assertThat(images.getDigests()).containsOnlyKeys("default");
        assertThat(push.pipeline.log()).containsOnlyOnce("    | " + push.mark + "\n");
        assertThat(RUN_AGAIN.matcher(push.pipeline.log()).results()).hasSize(1);
        assertThat(push.pipeline.page())
                .singleElement()
                .satisfies(section -> assertThat(section.getArticle()).contains("run 1 failed at "));
        assertThat(push.left()).isEmpty();
    }

    @Test
    void aRestartInTheSecondRunKnowsOfTheFirst() throws Throwable {
        Push push = new Push("flaky-429-1000", "", Map.of("retries", 2));
        push.awaitThePause();
        push.pipeline.awaitLog("run 2 failed at ");
        push.awaitTheNextPause();

        push.pipeline.restart();

        assertThat(push.pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("[registry-rate-limited]");
        assertThat(push.pipeline.log())
                .containsOnlyOnce("    | " + push.mark + "\n")
                .doesNotContain("run 3 failed at ");
        assertThat(push.left()).isEmpty();
    }

    @Test
    void anAbortBetweenTwoRunsIsAtOnceAndNothingIsBegunAgain() throws Throwable {
        Push push = new Push("flaky-429-1000", "", Map.of("retries", 3));
        push.awaitThePause();
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        push.pipeline.stop(cause);

        assertThat(push.pipeline.failure()).isSameAs(cause);
        new Push("flaky-429-5").assertBuiltOnceAndPushed(); // the other's second run would have begun before this one's
        assertThat(Agents.processes("a" + push.mark)).isEmpty();
        assertThat(push.left()).isEmpty();
        assertThat(push.pipeline.log()).containsOnlyOnce("\nrun 1 failed at ").doesNotContain("run 2 failed at ");
    }

    @Test
    void zeroRetriesFailAtOnce() throws Throwable {
        Push push = new Push("flaky-429-5", "", Map.of("retries", 0));

        assertThat(push.pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("[registry-rate-limited]");
        assertThat(push.pipeline.log()).doesNotContain("run 1 failed at ");
        assertThat(push.left()).isEmpty();
    }

    @Test
    void aStepThatFailsIsNeverTriedAgain() throws Throwable {
        Push push = new Push("good", "; exit 3", Map.of("retries", 5));

        assertThat(push.pipeline.failure()).isInstanceOf(AbortException.class).hasMessageContaining("[step-failed]");
        assertThat(push.pipeline.log())
                .containsOnlyOnce("    | " + push.mark + "\n")
                .doesNotContain("run 1 failed at ");
    }

    @Order(Order.DEFAULT + 1)
    @Test
    void aRegistryThatAcceptsAndNeverAnswersIsGivenUp() throws Throwable {
        assertThat(silent.pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("while it waited for: ")
                .hasMessageContaining("pushing")
                .hasMessageContaining("[stalled]");
        assertThat(Agents.processes("a" + silent.mark)).isEmpty();
        assertThat(silent.left()).isEmpty();
    }

    @Test
    void aBuildThatTakesTooLongIsEndedAlsoOverARestart() throws Throwable {
        String nap = "14142." + ThreadLocalRandom.current().nextInt(1_000_000);
        Push push = new Push("good", "; sleep " + nap, Map.of("timeout", "8s"));
        push.pipeline.awaitLog("| " + push.mark);
        assertThat(Agents.processes("sleep " + nap)).isNotEmpty();

        push.pipeline.restart();

        assertThat(push.pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("[timed-out]")
                .hasMessageContaining("RUN echo " + push.mark);
        Agents.awaitNone("sleep " + nap);
        assertThat(push.left()).isEmpty();
    }
}
