package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.EnvVars;
import io.buildkitci.testbed.Testbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that make builders and emulators, with the real engine. */
class BuilderStepsIT {
    private static final Testbed TESTBED = Testbed.here();

    private final String name = "b" + UUID.randomUUID().toString().substring(0, 8);
    private EnvVars environment = new EnvVars();
    private Path directory = Path.of("");
    private Path config = Path.of("");

    @BeforeEach
    void makeAnAgent(@TempDir Path temporary) throws Exception {
        config = temporary.resolve("config");
        environment = Agents.environment(config);
        directory = Files.createDirectories(temporary.resolve("an agent"));
    }

    private static Map<String, Object> remote() {
        return Map.of("driver", "remote", "endpoint", TESTBED.buildkitAddress());
    }

    private PlayedPipeline create(Map<String, Object> arguments) throws Exception {
        return prepared(arguments).start();
    }

    private PlayedPipeline prepared(Map<String, Object> arguments) throws Exception {
        CreateBuilderStep step =
                Steps.set(new CreateBuilderStep(), new CreateBuilderStep.DescriptorImpl().customInstantiate(arguments));
        return new PlayedPipeline(directory, environment, step);
    }

    private List<String> builders() {
        return Agents.files(config.resolve("buildx/instances"));
    }

    @Test
    void aBuilderIsMadeAndTakenAgainWhenItIsJustWhatIsAskedFor() throws Throwable {
        Map<String, Object> asked = new java.util.HashMap<>(remote());
        asked.put("name", name);

        BuilderResult made = (BuilderResult) create(asked).result();
        PlayedPipeline again = create(asked);
        BuilderResult taken = (BuilderResult) again.result();

        assertThat(made.getName()).isEqualTo(name).isEqualTo(taken.getName());
        assertThat(made.getDriver()).isEqualTo("remote");
        assertThat(made.getStatus()).isEqualTo("running");
        assertThat(made.getPlatforms()).contains("linux/amd64");
        assertThat(again.log()).contains("was there");
    }

    @Test
    void aNodeWithoutACheckoutHasNoDirectoryYet() throws Throwable {
        PlayedPipeline pipeline = prepared(remote());
        Files.delete(PlayedPipeline.workspace(directory));

        assertThat(pipeline.start().result()).isInstanceOf(BuilderResult.class);
    }

    @Test
    void whatIsWrongWithABuilderIsToldAtOnceAndNothingIsMade() throws Throwable {
        List<String> before = builders();

        Throwable failure =
                create(Map.of("driver", "nonsense", "platforms", "linux/foo")).failure();

        assertThat(failure).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage()).contains("driver:").contains("platforms: 'linux/foo'");
        assertThat(builders()).isEqualTo(before);
    }

    @Test
    void aBlockHasABuilderOfItsOwnThatIsRemovedWithIt() throws Throwable {
        List<String> before = builders();
        WithBuilderStep step =
                Steps.set(new WithBuilderStep(), new WithBuilderStep.DescriptorImpl().customInstantiate(remote()));
        PlayedPipeline pipeline = new PlayedPipeline(directory, environment, step).start();

        PlayedBody body = pipeline.awaitBody();
        assertThat(body.environment().get("BUILDX_BUILDER")).startsWith("buildkit-ci-");
        assertThat(builders()).hasSize(before.size() + 1);
        String made = body.environment().get("BUILDX_BUILDER");
        assertThat(PlayedJenkins.ledger()).contains(made, PlayedJenkins.AGENT, "a job#1");
        pipeline.restart();
        pipeline.body().succeed("of the block");

        assertThat(pipeline.result()).isEqualTo("of the block");
        assertThat(builders()).isEqualTo(before);
        assertThat(PlayedJenkins.ledger()).doesNotContain(made);
    }

    @Test
    void aBuilderIsRemovedAfterABlockThatFailed() throws Throwable {
        List<String> before = builders();
        WithBuilderStep step =
                Steps.set(new WithBuilderStep(), new WithBuilderStep.DescriptorImpl().customInstantiate(remote()));
        PlayedPipeline pipeline = new PlayedPipeline(directory, environment, step).start();
        AbortException cause = new AbortException("the block failed");

        var unused = pipeline.awaitBody();
        pipeline.stop(cause);

        assertThat(pipeline.failure()).hasMessage("the block failed");
        assertThat(builders()).isEqualTo(before);
    }

    @Test
    void emulatorsAreSetUpForWhatThisMachineRunsAnyway() throws Throwable {
        SetupQemuStep step = Steps.set(
                new SetupQemuStep(),
                new SetupQemuStep.DescriptorImpl().customInstantiate(Map.of("platforms", List.of("linux/amd64"))));

        PlayedPipeline pipeline = new PlayedPipeline(directory, environment, step).start();

        assertThat(pipeline.result()).isNull();
        assertThat(pipeline.log()).contains("linux/amd64  native");
    }
}
