package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.EnvVars;
import io.buildkitci.testbed.Testbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.Step;
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
        PlayedPipeline pipeline = block(remote());

        PlayedBody body = pipeline.awaitBody();
        assertThat(body.environment().get("BUILDX_BUILDER")).startsWith("buildkit-ci-");
        assertThat(builders()).hasSize(before.size() + 1);
        String made = body.environment().get("BUILDX_BUILDER", "");
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
        PlayedPipeline pipeline = block(remote());
        AbortException cause = new AbortException("the block failed");

        var unused = pipeline.awaitBody();
        pipeline.stop(cause);

        assertThat(pipeline.failure()).hasMessage("the block failed");
        assertThat(builders()).isEqualTo(before);
    }

    private PlayedPipeline block(Map<String, Object> arguments) throws Exception {
        WithBuilderStep step =
                Steps.set(new WithBuilderStep(), new WithBuilderStep.DescriptorImpl().customInstantiate(arguments));
        return new PlayedPipeline(directory, environment, step).start();
    }

    private PlayedPipeline inside(PlayedBody block, Step step) throws Exception {
        return new PlayedPipeline(directory, environment, step).in(block).start();
    }

    private Path write(String file, String text) throws Exception {
        Path workspace = Files.createDirectories(PlayedPipeline.workspace(directory));
        return Files.writeString(workspace.resolve(file), text);
    }

    @Test
    void aBuilderOfABlockThatSomebodyRemovedIsMadeAgainForWhatIsBuiltNext() throws Throwable {
        write("Dockerfile", "FROM scratch\nLABEL a=1\n");
        write("docker-bake.hcl", "target \"default\" { output = [\"type=cacheonly\"] }\n");
        PlayedPipeline pipeline = block(remote());
        String made = pipeline.awaitBody().environment().get("BUILDX_BUILDER", "");
        String told = "builder '" + made + "' was gone and is made again, as it was made before";

        Agents.run(environment, TESTBED.buildx().toString(), "rm", made);
        assertThat(inside(pipeline.body(), Steps.build(Map.of("retries", 0))).failure())
                .hasMessageContaining("there is no builder '" + made + "'");
        PlayedPipeline build = inside(pipeline.body(), Steps.build(Map.of()));
        assertThat(build.result()).isInstanceOf(BuildResult.class);
        assertThat(build.log()).contains(told);

        Agents.run(environment, TESTBED.buildx().toString(), "rm", made);
        pipeline.restart();
        PlayedPipeline bake = inside(pipeline.body(), Steps.bake(Map.of("builder", made)));
        assertThat(bake.result()).isInstanceOf(BakeResult.class);
        assertThat(bake.log()).contains(told);

        pipeline.body().succeed("of the block");
        assertThat(pipeline.result()).isEqualTo("of the block");
        assertThat(builders()).noneMatch(file -> file.endsWith(made));
    }

    @Test
    void aClientThatFindsNoBuilderIsStartedOnceMoreWithAnother() throws Throwable {
        write("Dockerfile", "FROM scratch\nLABEL a=1\n");
        Path cleaned = directory.resolve("cleaned");
        Path buildx = Files.writeString(directory.resolve("buildx"), """
                #!/bin/sh
                if [ "$1" = build ] && [ ! -e '%1$s' ]; then
                  touch '%1$s'
                  '%2$s' rm "$BUILDX_BUILDER" 2> /dev/null
                fi
                exec '%2$s' "$@"
                """.formatted(cleaned, TESTBED.buildx()));
        Files.setPosixFilePermissions(buildx, PosixFilePermissions.fromString("rwx------"));
        PlayedPipeline pipeline = block(remote());
        PlayedBody block = pipeline.awaitBody();
        String made = block.environment().get("BUILDX_BUILDER", "");
        environment.put("BUILDKIT_CI_BUILDX", buildx.toString());

        PlayedPipeline build = inside(block, Steps.build(Map.of()));

        assertThat(build.result()).isInstanceOf(BuildResult.class);
        assertThat(cleaned).exists();
        assertThat(build.log())
                .contains("run again at once: builder '" + made
                        + "' was removed before the build began  [builder-missing]")
                .contains("builder '" + made + "' was gone and is made again, as it was made before");
        pipeline.body().succeed("of the block");
        assertThat(pipeline.result()).isEqualTo("of the block");
    }

    @Test
    void aBuildWhoseBuilderVanishesWhileItBuildsGoesOnWithAnother() throws Throwable {
        write("Dockerfile", """
                FROM %1$s
                RUN --mount=type=secret,id=go if grep -q now /run/secrets/go; then echo built-%2$s; else\
                 echo block-%2$s; while sleep 1; do :; done; fi
                """.formatted(TESTBED.base(), name));
        Path go = write("go", "not yet");
        PlayedPipeline pipeline = block(Map.of(
                "name", name,
                "driverOpts", List.of("image=" + TESTBED.buildkitImage(), "network=host"),
                "buildkitdConfig", TESTBED.buildkitdConfig().toString()));
        PlayedPipeline build = inside(pipeline.awaitBody(), Steps.build(Map.of("secretFiles", "go=" + go)));
        build.awaitLog("| block-" + name);

        Files.writeString(go, "now");
        vanish();

        assertThat(build.result()).isInstanceOf(BuildResult.class);
        assertThat(build.log())
                .contains("builder '" + name + "' was removed while it was building  [builder-lost]")
                .contains("| built-" + name, "  attempts   2\n")
                .contains("builder '" + name + "' was gone and is made again, as it was made before");
        pipeline.body().succeed("of the block");
        assertThat(pipeline.result()).isEqualTo("of the block");
        assertThat(builders()).noneMatch(file -> file.endsWith("/" + name));
    }

    /** As {@code buildx rm} leaves it, which first waits 10 s for a step that does not end. */
    private void vanish() throws Exception {
        String container = "buildx_buildkit_" + name + "0";
        String docker = TESTBED.dockerCli().toString();
        Agents.run(environment, TESTBED.buildx().toString(), "rm", "--keep-daemon", name);
        Agents.run(environment, docker, "rm", "--force", container);
        Agents.run(environment, docker, "volume", "rm", container + "_state");
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
