package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.model.Result;
import io.buildkitci.cache.CachePasses;
import io.buildkitci.testbed.Testbed;
import io.jenkins.plugins.buildkit.cache.LayerCache;
import io.jenkins.plugins.buildkit.config.BuilderConfig;
import io.jenkins.plugins.buildkit.config.NodeConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cache: 'jenkins'} on a real service, with builds that are interrupted in every way. */
class JenkinsCacheIT {
    private static final Testbed TESTBED = Testbed.here();

    private final String mark = "j" + UUID.randomUUID().toString().substring(0, 8);
    private EnvVars environment = new EnvVars();
    private Path directory = Path.of("");
    private PlayedLayerCache cache;

    @BeforeEach
    void makeAnAgent(@TempDir Path temporary) throws Exception {
        environment = Agents.environment(temporary.resolve("config"));
        directory = Files.createDirectories(temporary.resolve("an agent"));
        Files.createDirectories(PlayedPipeline.workspace(directory));
        cache = PlayedLayerCache.in(temporary.resolve("layers"));
        ExtensionList.put(LayerCache.class, cache);
    }

    @AfterEach
    void stop() {
        cache.close();
        PlayedJenkins.with("");
    }

    private PlayedPipeline pipeline(String dockerfile, Map<String, ?> arguments) throws Exception {
        Files.writeString(PlayedPipeline.workspace(directory).resolve("Dockerfile"), dockerfile);
        return new PlayedPipeline(directory, environment, Steps.build(arguments)).start();
    }

    private PlayedPipeline napping(String nap) throws Exception {
        return pipeline(
                "FROM " + TESTBED.base() + "\nRUN echo " + mark + " && sleep " + nap + "\n",
                Map.of("builder", "testbed", "cache", "jenkins"));
    }

    private void assertEnded(PlayedPipeline pipeline) throws Exception {
        assertThat(cache.tokens()).isNotEmpty();
        long until = System.nanoTime() + 30_000_000_000L;
        while (cache.tokens().stream().anyMatch(cache::takes) && System.nanoTime() < until) {
            Thread.sleep(20); // the step tells its end first
        }
        assertThat(cache.tokens()).noneMatch(cache::takes);
        assertThat(cache.tokens()).noneMatch(pipeline.log()::contains);
    }

    @Test
    void aBuildIsWrittenToItAtAnAddressThatTheBuilderReachesAndReadAgain() throws Throwable {
        String dockerfile = "FROM " + TESTBED.base() + "\nRUN echo " + mark + " > /made\n";
        Map<String, ?> arguments = Map.of("builder", "testbed", "cache", "jenkins");
        PlayedPipeline first = pipeline(dockerfile, arguments);
        first.result();
        assertThat(cache.bytes()).isPositive();
        assertThat(first.log()).contains("exporting to GitHub Actions Cache").doesNotContain("built without");
        assertEnded(first);

        PlayedPipeline second = pipeline(dockerfile, arguments);
        second.result();

        assertThat(second.log()).contains("DONE     importing cache manifest from gha");
        assertThat(cache.given()).hasSize(2);
        assertEnded(second);
    }

    private PlayedPipeline bake(String nap) throws Exception {
        return bake(nap, "jenkins");
    }

    private PlayedPipeline bake(String nap, String kept) throws Exception {
        Files.writeString(
                PlayedPipeline.workspace(directory).resolve("docker-bake.hcl"), """
                group "default" { targets = ["one", "two"] }
                target "one" { output = ["type=cacheonly"] }
                target "two" {
                  dockerfile-inline = "FROM %s\\nRUN echo two %s"
                  output = ["type=cacheonly"]
                }
                """.formatted(TESTBED.base(), mark));
        Files.writeString(
                PlayedPipeline.workspace(directory).resolve("Dockerfile"),
                "FROM " + TESTBED.base() + "\nRUN echo " + mark + " && sleep " + nap + "\n");
        return new PlayedPipeline(directory, environment, Steps.bake(Map.of("builder", "testbed", "cache", kept)))
                .start();
    }

    @Test
    void targetsOfADefinitionShareOnePassAndEachIsReadAgain() throws Throwable {
        PlayedPipeline first = bake("0");
        first.result();
        assertThat(cache.bytes()).isPositive();
        assertEnded(first);

        PlayedPipeline second = bake("0");
        second.result();

        assertThat(second.log())
                .contains("[one] importing cache manifest from gha", "[two] importing cache manifest from gha")
                .doesNotContain("built without");
        assertThat(cache.given()).hasSize(2);
        assertEnded(second);
    }

    @Test
    void theirTokensAreInNoStateAndOnNoCommandLineAndEndAfterARestartToo() throws Throwable {
        PlayedPipeline pipeline = bake("4." + ThreadLocalRandom.current().nextInt(1_000_000));
        pipeline.awaitLog("| " + mark);
        assertTokensAreNowhere(pipeline);

        pipeline.restart();

        assertThat(pipeline.result()).isInstanceOf(BakeResult.class);
        assertThat(cache.given()).as("no second pass is taken").hasSize(1);
        assertEnded(pipeline);
    }

    private void assertTokensAreNowhere(PlayedPipeline pipeline) throws Exception {
        String state = new String(pipeline.serialised(), StandardCharsets.ISO_8859_1);
        assertThat(cache.tokens()).hasSize(2).allMatch(cache::takes).noneMatch(state::contains);
        for (String token : cache.tokens()) {
            assertThat(Agents.processes(token)).isEmpty();
        }
        assertThat(Agents.files(directory)).noneMatch(this::holdsAToken);
    }

    @Test
    void itsTokensAreInNoStateAndOnNoCommandLineAndEndAfterARestartToo() throws Throwable {
        PlayedPipeline pipeline = napping("4." + ThreadLocalRandom.current().nextInt(1_000_000));
        pipeline.awaitLog("| " + mark);
        assertTokensAreNowhere(pipeline);

        pipeline.restart();

        assertThat(cache.tokens()).allMatch(cache::takes);
        assertThat(pipeline.result()).isInstanceOf(BuildResult.class);
        assertThat(cache.given()).as("no second pass is taken").hasSize(1);
        assertEnded(pipeline);
    }

    private boolean holdsAToken(String file) {
        try {
            String text = Files.isRegularFile(Path.of(file))
                    ? Files.readString(Path.of(file), StandardCharsets.ISO_8859_1)
                    : "";
            return cache.tokens().stream().anyMatch(text::contains);
        } catch (java.io.IOException gone) {
            return false;
        }
    }

    @Test
    void anAbortEndsItsTokens() throws Throwable {
        PlayedPipeline pipeline = napping("31415." + ThreadLocalRandom.current().nextInt(1_000_000));
        pipeline.awaitLog("| " + mark);
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        pipeline.stop(cause);

        assertThat(pipeline.failure()).isSameAs(cause);
        assertEnded(pipeline);
    }

    @Test
    void anAbortAfterARestartEndsItsTokens() throws Throwable {
        PlayedPipeline pipeline = napping("27182." + ThreadLocalRandom.current().nextInt(1_000_000));
        pipeline.awaitLog("| " + mark);
        pipeline.restart();
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        pipeline.stop(cause);

        assertThat(pipeline.failure()).isSameAs(cause);
        assertEnded(pipeline);
    }

    @Test
    void aBuildThatFailsEndsItsTokens() throws Throwable {
        PlayedPipeline pipeline = pipeline(
                "FROM " + TESTBED.base() + "\nRUN echo " + mark + " && exit 3\n",
                Map.of("builder", "testbed", "cache", "jenkins"));

        assertThat(pipeline.failure()).isInstanceOf(AbortException.class);
        assertEnded(pipeline);
    }

    @Test
    void theDefaultCacheOfAConfiguredBuilderCanBeIt() throws Throwable {
        NodeConfig node = new NodeConfig();
        node.setEndpoint(TESTBED.buildkitAddress());
        BuilderConfig builder = new BuilderConfig(mark);
        builder.setDriver("remote");
        builder.setNodes(List.of(node));
        builder.setCache("jenkins");
        PlayedJenkins.with(mark, builder);

        PlayedPipeline pipeline = pipeline("FROM scratch\nCOPY Dockerfile /" + mark + "\n", Map.of());
        pipeline.result();

        assertThat(pipeline.log()).contains("exporting to GitHub Actions Cache");
        assertEnded(pipeline);
    }

    @Test
    void aJenkinsWithoutOneSaysWhatToConfigure() throws Throwable {
        cache.answer(new CachePasses.Missing("there is none here", "turn it on"));

        PlayedPipeline pipeline = pipeline("FROM scratch\n", Map.of("builder", "testbed", "cache", "jenkins"));

        assertThat(pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessage("buildkitBuild: one parameter is wrong; nothing was run\n"
                        + "  cache: 'jenkins': there is none here; turn it on");
    }

    @Test
    void soItDoesForTargetsOfADefinition() throws Throwable {
        cache.answer(new CachePasses.Missing("there is none here", "turn it on"));

        assertThat(bake("0").failure())
                .isInstanceOf(AbortException.class)
                .hasMessage("buildkitBake: one parameter is wrong; nothing was run\n"
                        + "  cache: 'jenkins': there is none here; turn it on");
    }

    @Test
    void oneThatCannotBeHadNowCostsTheCacheAndNotTheBuild() throws Throwable {
        cache.answer(new CachePasses.Unavailable("it is being moved", "wait a while"));

        PlayedPipeline pipeline = pipeline(
                "FROM scratch\nCOPY Dockerfile /" + mark + "\n", Map.of("builder", "testbed", "cache", "jenkins"));

        assertThat(pipeline.result()).isInstanceOf(BuildResult.class);
        assertThat(pipeline.log().split("it is being moved; wait a while", -1)).hasSize(2);
    }

    @Test
    void aServiceThatABuildNamesIsNotForJenkins() throws Throwable {
        String service = "service=http://cache.example:8321";
        PlayedPipeline build = pipeline("FROM scratch\n", Map.of("builder", "testbed", "cache", service));
        PlayedPipeline bake = bake("0", service);

        String problem = ": one parameter is wrong; nothing was run\n"
                + "  cache: 'service': is not for steps of Jenkins; write 'jenkins', and configure the service in"
                + " Manage Jenkins » BuildKit";
        assertThat(build.failure()).isInstanceOf(AbortException.class).hasMessage("buildkitBuild" + problem);
        assertThat(bake.failure()).isInstanceOf(AbortException.class).hasMessage("buildkitBake" + problem);
        assertThat(cache.given()).isEmpty();
    }
}
