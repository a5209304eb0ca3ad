package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.model.Result;
import io.buildkitci.testbed.Testbed;
import io.jenkins.plugins.buildkit.credentials.KeptCredentials;
import io.jenkins.plugins.buildkit.page.BuildkitAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
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
        return new PlayedPipeline(directory, environment, Steps.bake(all)).start();
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
        assertThat(pipeline.page())
                .extracting(
                        BuildkitAction::getLabel,
                        section -> section.getSummary().getDigest())
                .containsExactly(
                        tuple("again", result.getDigests().get("again")),
                        tuple("one", result.getDigests().get("one")));
    }

    @Test
    void aFailureNamesItsTarget() throws Throwable {
        PlayedPipeline pipeline = bake(Map.of("vars", Map.of("TAG", name)));

        assertThat(pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("The images were not built: target 'broken': ")
                .hasMessageContaining("[step-failed]");
        assertThat(pipeline.log()).contains("1 of 3 targets failed: broken");
        assertThat(pipeline.page())
                .extracting(BuildkitAction::getTarget)
                .containsExactlyInAnyOrder("one", "again", "broken");
        assertThat(pipeline.page())
                .filteredOn(section -> section.getTarget().equals("broken"))
                .singleElement()
                .satisfies(section -> {
                    assertThat(section.getSummary().getFailureCode()).isEqualTo("step-failed");
                    assertThat(section.getArticle()).contains("broken", "echo two " + name);
                });
    }

    private PlayedPipeline bakeSlowly(Map<String, Object> arguments) throws Exception {
        Files.writeString(
                PlayedPipeline.workspace(directory).resolve("docker-bake.hcl"), """
                variable "MARK" {}
                target "default" {
                  dockerfile-inline = <<EOF
                FROM %s
                ARG MARK
                RUN --mount=type=secret,id=npm,required=false cat /run/secrets/npm; \\
                    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "$MARK-$i-"; sleep 0.3; done; cat /run/secrets/npm || true
                EOF
                  args = { MARK = MARK }
                  output = ["type=cacheonly"]
                }
                """.formatted(TESTBED.base()));
        Map<String, Object> all = new LinkedHashMap<>(arguments);
        all.put("files", "docker-bake.hcl");
        all.put("vars", Map.of("MARK", name));
        return bake(all);
    }

    private List<String> left() {
        Path workspace = PlayedPipeline.workspace(directory);
        return Agents.files(workspace.resolveSibling(workspace.getFileName() + "@tmp")).stream()
                .filter(file -> !file.endsWith(".lock"))
                .toList();
    }

    @Test
    void aRestartInTheMiddleRepeatsNothing() throws Throwable {
        PlayedPipeline pipeline = bakeSlowly(Map.of());
        pipeline.awaitLog("| " + name + "-4-");
        assertThat(new String(pipeline.serialised(), StandardCharsets.ISO_8859_1))
                .as("variables can be secrets")
                .doesNotContain(name + "-")
                .doesNotContain("MARK");

        pipeline.restart();

        assertThat(pipeline.result()).isInstanceOf(BakeResult.class);
        assertThat(pipeline.log().lines().map(String::strip).filter(line -> line.startsWith("| " + name)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12)
                        .mapToObj(i -> "| " + name + "-" + i + "-")
                        .toList());
        assertThat(left()).isEmpty();
    }

    @Test
    void anAbortAfterARestartEndsTheClientAndLeavesNothing() throws Throwable {
        PlayedPipeline pipeline = bakeSlowly(Map.of());
        pipeline.awaitLog("| " + name + "-1-");
        pipeline.restart();
        FlowInterruptedException cause = new FlowInterruptedException(Result.ABORTED, true);

        pipeline.stop(cause);

        assertThat(pipeline.failure()).isSameAs(cause);
        assertThat(Agents.processes("builder " + name)).isEmpty();
        assertThat(pipeline.log()).doesNotContain(name + "-12-");
        assertThat(left()).isEmpty();
    }

    @Test
    void aTargetReadsSecretsFromCredentialsAndNobodyElseDoes() throws Throwable {
        String secret = "s3cr3t-" + name;
        PlayedPipeline pipeline;
        try (SeenArguments seen = new SeenArguments(secret)) {
            pipeline = bakeSlowly(
                    Map.of("secrets", List.of(Map.of("id", "npm", "credentialsId", KeptCredentials.text(secret)))));
            pipeline.awaitLog("***");

            pipeline.restart();

            assertThat(pipeline.result()).isInstanceOf(BakeResult.class);
            assertThat(seen.seen()).isEmpty();
        }
        assertThat(pipeline.log()).contains("| ***" + name + "-1-").doesNotContain(secret);
        assertThat(left()).isEmpty();
    }

    @Test
    void aDefinitionInADirectoryIsBuiltThere() throws Throwable {
        Path app = Files.createDirectories(PlayedPipeline.workspace(directory).resolve("it's an app"));
        Files.writeString(app.resolve("Dockerfile"), "FROM scratch\nCOPY Dockerfile /" + name + "\n");
        Files.writeString(app.resolve("docker-bake.hcl"), "target \"default\" {\n  output = [\"type=cacheonly\"]\n}\n");

        BakeResult result = (BakeResult) bake(Map.of("source", "it's an app")).result();

        assertThat(result.getSteps()).isEqualTo(1);
    }

    @Test
    void whatIsWrongWithParametersAndCredentialsIsToldAtOnce() throws Throwable {
        PlayedPipeline pipeline = bake(Map.of(
                "set", "nonsense",
                "registryCredentialsId", "registry",
                "secrets", List.of(Map.of("id", "a", "credentialsId", "nobody-knows"))));

        assertThat(pipeline.failure())
                .isInstanceOf(AbortException.class)
                .hasMessageContaining("buildkitBake: 3 parameters are wrong; nothing was run")
                .hasMessageContaining("secrets: 'nobody-knows': there are no credentials of this id")
                .hasMessageContaining("set: 'nonsense': must be <target>.<key>=<value>")
                .hasMessageContaining("registryUrl: says whose registry");
        assertThat(left()).isEmpty();
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
