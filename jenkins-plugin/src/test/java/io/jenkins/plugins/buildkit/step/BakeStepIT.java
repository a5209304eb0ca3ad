package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import hudson.EnvVars;
import io.buildkitci.testbed.Testbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code buildkitBake} on a compose file, with the real builder and registry. */
class BakeStepIT {
    private static final Testbed TESTBED = Testbed.here();

    private final String name = "b" + UUID.randomUUID().toString().substring(0, 8);
    private EnvVars environment = new EnvVars();
    private Path directory = Path.of("");

    @BeforeEach
    void makeAnAgentWithABuilder(@TempDir Path temporary) throws Throwable {
        environment = Agents.environment(temporary.resolve("config"));
        directory = Files.createDirectories(temporary.resolve("agent"));
        Map<String, Object> remote = Map.of("name", name, "driver", "remote", "endpoint", TESTBED.buildkitAddress());
        CreateBuilderStep step =
                Steps.set(new CreateBuilderStep(), new CreateBuilderStep.DescriptorImpl().customInstantiate(remote));
        var unused = new PlayedPipeline(directory, environment, step).start().result();
        Path workspace = Files.createDirectories(PlayedPipeline.workspace(directory));
        Files.writeString(workspace.resolve("one"), "FROM " + TESTBED.base() + "\nRUN echo one " + name + "\n");
        Files.writeString(
                workspace.resolve("two"), "FROM " + TESTBED.base() + "\nRUN echo two " + name + " && exit 5\n");
        Files.writeString(workspace.resolve("three"), "FROM " + TESTBED.base() + "\nRUN echo three " + name + "\n");
        Files.writeString(workspace.resolve("compose.yaml"), """
                services:
                  one:
                    image: %1$s/its/bake-one:${TAG}
                    build: {context: ., dockerfile: one}
                  again:
                    image: %1$s/its/bake-again:${TAG}
                    build: {context: ., dockerfile: three}
                  broken:
                    build: {context: ., dockerfile: two}
                """.formatted(TESTBED.registry()));
    }

    private PlayedPipeline bake(Map<String, Object> arguments) throws Exception {
        Map<String, Object> all = new LinkedHashMap<>(arguments);
        all.put("builder", name);
        BuildkitBakeStep step =
                Steps.set(new BuildkitBakeStep(), new BuildkitBakeStep.DescriptorImpl().customInstantiate(all));
        return new PlayedPipeline(directory, environment, step).start();
    }

    @Test
    void servicesAreBuiltAndPushedAndEachHasItsDigest() throws Throwable {
        PlayedPipeline pipeline = bake(Map.of(
                "files", List.of("compose.yaml"),
                "targets", List.of("one", "again"),
                "vars", Map.of("TAG", name),
                "push", true,
                "provenance", "mode=min"));
        BakeResult result = (BakeResult) pipeline.result();

        assertThat(result.getDigests())
                .containsOnlyKeys("one", "again")
                .allSatisfy((target, digest) -> assertThat(digest).startsWith("sha256:"));
        assertThat(result.getSteps()).isEqualTo(2);
        assertThat(result.getMetadata()).contains("containerimage.digest");
        assertThat(pipeline.log()).contains("2 targets built", "target one", "bake-one:" + name);
    }

    @Test
    void aFailureNamesItsTarget() throws Throwable {
        PlayedPipeline pipeline = bake(Map.of("vars", Map.of("TAG", name)));

        assertThat(pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("The images were not built: target 'broken': ")
                .hasMessageContaining("[step-failed]");
        assertThat(pipeline.log()).contains("1 of 3 targets failed: broken");
    }

    @Test
    void whatIsWrongIsToldBeforeAnythingIsBuilt() throws Throwable {
        PlayedPipeline pipeline = bake(Map.of("set", "nope.args.X=1", "registryUrl", "", "vars", Map.of("TAG", name)));

        assertThat(pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("buildkitBake: one parameter is wrong; nothing was run")
                .hasMessageContaining("set: could not find any target matching 'nope'");
    }
}
