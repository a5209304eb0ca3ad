package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.EnvVars;
import io.buildkitci.testbed.Testbed;
import io.jenkins.plugins.buildkit.config.BuilderConfig;
import io.jenkins.plugins.buildkit.config.NodeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds on builders of the configuration, with the real engine. */
class ConfiguredBuilderIT {
    private static final Testbed TESTBED = Testbed.here();

    private final String mark = "c" + UUID.randomUUID().toString().substring(0, 8);
    private EnvVars environment = new EnvVars();
    private Path directory = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void makeAnAgent(@TempDir Path temporary) throws Exception {
        config = temporary.resolve("config");
        environment = Agents.environment(config);
        directory = Files.createDirectories(temporary.resolve("an agent"));
        Files.createDirectories(PlayedPipeline.workspace(directory));
        PlayedJenkins.with("");
    }

    @AfterEach
    void forgetTheConfiguration() {
        PlayedJenkins.with("");
    }

    private static BuilderConfig configured(String name, String endpoint) {
        NodeConfig node = new NodeConfig();
        node.setEndpoint(endpoint);
        BuilderConfig builder = new BuilderConfig(name);
        builder.setDriver("remote");
        builder.setNodes(List.of(node));
        return builder;
    }

    private PlayedPipeline pipeline(String dockerfile, Map<String, ?> arguments) throws Exception {
        Files.writeString(PlayedPipeline.workspace(directory).resolve("Dockerfile"), dockerfile);
        return new PlayedPipeline(directory, environment, Steps.build(arguments)).start();
    }

    private List<String> builders() {
        return Agents.files(config.resolve("buildx/instances")).stream()
                .map(file -> Path.of(file).getFileName().toString())
                .filter(name -> !name.equals("testbed"))
                .toList();
    }

    @Test
    void aNamedBuilderIsMadeOnTheAgentOnceAndNotedThere() throws Throwable {
        PlayedJenkins.with("", configured(mark, TESTBED.buildkitAddress()));

        PlayedPipeline first = pipeline("FROM scratch\nLABEL a=1\n", Map.of("builder", mark, "call", "check"));
        first.result();
        PlayedPipeline second = pipeline("FROM scratch\nLABEL a=1\n", Map.of("builder", mark));
        second.result();

        assertThat(builders()).singleElement().asString().startsWith("buildkit-ci-" + mark + "-");
        assertThat(first.log())
                .contains("builder " + mark + " made as " + builders().get(0));
        assertThat(second.log())
                .contains("builder " + mark + " is " + builders().get(0));
        assertThat(PlayedJenkins.ledger()).contains(builders().get(0), PlayedJenkins.AGENT, "a job#1");
    }

    @Test
    void aBuildThatNamesNoneTakesTheDefaultBuilderAndItsCache() throws Throwable {
        BuilderConfig builder = configured(mark, TESTBED.buildkitAddress());
        builder.setCache("registry");
        PlayedJenkins.with(mark, builder);
        String tag = TESTBED.registry() + "/jenkins/" + mark + ":1";

        PlayedPipeline cached = pipeline("FROM scratch\nLABEL a=1\n", Map.of("tags", tag, "push", true));
        cached.result();
        PlayedPipeline untagged = pipeline("FROM scratch\nLABEL a=1\n", Map.of());
        untagged.result();

        assertThat(cached.log()).contains("exporting cache to registry").doesNotContain("is not used");
        assertThat(untagged.log()).contains("does not go with the parameters of this build and is not used");
    }

    @Test
    void targetsOfADefinitionTakeTheDefaultBuilderAndItsCacheToo() throws Throwable {
        BuilderConfig builder = configured(mark, TESTBED.buildkitAddress());
        builder.setCache("registry=" + TESTBED.registry() + "/jenkins/cache-" + mark);
        PlayedJenkins.with(mark, builder);
        Files.writeString(PlayedPipeline.workspace(directory).resolve("Dockerfile"), "FROM scratch\nLABEL a=1\n");
        Files.writeString(
                PlayedPipeline.workspace(directory).resolve("docker-bake.hcl"),
                "target \"default\" { output = [\"type=cacheonly\"] }\n");

        PlayedPipeline pipeline = new PlayedPipeline(directory, environment, Steps.bake(Map.of())).start();
        pipeline.result();

        assertThat(builders()).singleElement().asString().startsWith("buildkit-ci-" + mark + "-");
        assertThat(pipeline.log())
                .contains("builder " + mark + " made as " + builders().get(0), "exporting cache to registry");
    }

    @Test
    void theSurroundingsOfABuildGoBeforeTheDefaultBuilder() throws Throwable {
        PlayedJenkins.with(mark, configured(mark, "tcp://127.0.0.1:1"));
        environment.put("BUILDX_BUILDER", "testbed");

        pipeline("FROM scratch\nLABEL a=1\n", Map.of()).result();

        assertThat(builders()).isEmpty();
    }

    @Test
    void aBuilderThatIsNotConfiguredIsTheAgentsOwn() throws Throwable {
        PlayedJenkins.with(mark, configured(mark, "tcp://127.0.0.1:1"));

        pipeline("FROM scratch\nLABEL a=1\n", Map.of("builder", "testbed")).result();

        assertThat(builders()).isEmpty();
    }

    @Test
    void aRestartedControllerGoesOnWithTheSameBuilder() throws Throwable {
        PlayedJenkins.with(mark, configured(mark, TESTBED.buildkitAddress()));
        PlayedPipeline pipeline =
                pipeline("FROM " + TESTBED.base() + "\nRUN echo " + mark + "- && sleep 4\n", Map.of("tags", "a:1"));
        pipeline.awaitLog("| " + mark + "-");

        PlayedJenkins.with("other", configured("other", "tcp://127.0.0.1:1"));
        pipeline.restart();

        assertThat(pipeline.result()).isInstanceOf(BuildResult.class);
        assertThat(builders()).singleElement().asString().startsWith("buildkit-ci-" + mark + "-");
    }

    @Test
    void aBuilderThatCannotBeMadeIsOneMessageWithoutAStackTrace() throws Throwable {
        PlayedJenkins.with("", configured(mark, "tcp://127.0.0.1:1"));

        Throwable failure = pipeline("FROM scratch\n", Map.of("builder", mark)).failure();

        assertThat(failure).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage()).contains(mark, "tcp://127.0.0.1:1", "->");
        assertThat(builders()).isEmpty();
    }

    @Test
    void aWrongConfigurationNamesItsField() throws Throwable {
        BuilderConfig wrong = configured(mark, TESTBED.buildkitAddress());
        wrong.setCache("nonsense");
        PlayedJenkins.with("", wrong);

        Throwable failure = pipeline("FROM scratch\n", Map.of("builder", mark)).failure();

        assertThat(failure).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage())
                .contains("builder '" + mark + "' of Manage Jenkins » BuildKit, cache: 'nonsense'")
                .contains("nothing was run");
    }

    @Test
    void withWrongParametersNoBuilderIsMade() throws Throwable {
        PlayedJenkins.with(mark, configured(mark, TESTBED.buildkitAddress()));

        Throwable failure = pipeline("FROM scratch\n", Map.of("tags", "UPPER")).failure();

        assertThat(failure.getMessage()).contains("tags: 'UPPER'");
        assertThat(builders()).isEmpty();
    }
}
