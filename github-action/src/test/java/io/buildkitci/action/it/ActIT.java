package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.action.it.GitHubRunner.Repository;
import io.buildkitci.action.it.Workflows.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's workflow and the examples, unchanged, as act runs them on this machine. */
class ActIT {
    private static final String FOR_EVERY_PLATFORM = "FROM docker.io/library/busybox:1.37\nRUN uname -m > /machine\n";

    private static final String WITH_SECRETS = """
            FROM docker.io/library/busybox:1.37
            RUN --mount=type=secret,id=npm_token --mount=type=secret,id=deploy_key \\
                cd /run/secrets && cat npm_token deploy_key && sha256sum npm_token deploy_key > /read
            """;
    private static final String ANOTHER_EACH_TIME = """
            FROM docker.io/library/busybox:1.37
            RUN cat /proc/sys/kernel/random/uuid > /made
            """;
    private static final String TOKEN = "ghs_" + CommandLine.fresh() + CommandLine.fresh();
    private static final Map<String, String> GITHUB_TOKEN = Map.of("GITHUB_TOKEN", TOKEN);

    private static GitHubRunner runner;

    @BeforeAll
    static void startRunner() throws Exception {
        runner = new GitHubRunner();
    }

    @AfterAll
    static void stopRunner() throws Exception {
        runner.close();
    }

    @Test
    void theWorkflowOfTheReadmePushesAnImageAndTellsItsDigestToLaterSteps() throws Exception {
        Repository repository = runner.repository(Map.of("Dockerfile", FOR_EVERY_PLATFORM));

        WorkflowRun run = repository.push(Workflows.readme(), GITHUB_TOKEN);

        assertThat(run.results())
                .as(run.toString())
                .containsExactly(
                        "Main OWNER/REPO/setup-qemu@v1: success",
                        "Main OWNER/REPO/create-builder@v1: success",
                        "Main OWNER/REPO/build-push@v1: success",
                        "Post OWNER/REPO/build-push@v1: success",
                        "Post OWNER/REPO/create-builder@v1: success",
                        "Post OWNER/REPO/setup-qemu@v1: success");
        assertThat(run.exit()).isZero();
        Registry.Manifest image = Registry.read(repository.image(":latest"));
        assertThat(lastLayer(image.of("linux/amd64"))).contains("x86_64");
        assertThat(lastLayer(image.of("linux/arm64"))).contains("aarch64");
        assertThat(run.printed()).contains("pushed " + image.digest());
        assertThat(run.commands("group")).contains("Emulators", "Command", "Metadata");
        assertThat(run.log()).doesNotContain(TOKEN);
        leavesNothing(run);
    }

    @Test
    void secretsReachTheBuildAndNothingElse() throws Exception {
        String token = "npm-" + CommandLine.fresh();
        String key = "begin-" + CommandLine.fresh() + "\nend-" + CommandLine.fresh();
        Repository repository = runner.repository(Map.of("Dockerfile", WITH_SECRETS));

        WorkflowRun run = repository.push(
                Workflows.example("secrets"), Map.of("GITHUB_TOKEN", TOKEN, "NPM_TOKEN", token, "DEPLOY_KEY", key));

        assertThat(run.exit()).as(run.toString()).isZero();
        String read = lastLayer(Registry.read(repository.image(":latest")).of("linux/amd64"));
        assertThat(read).contains(sha256(token) + "  npm_token", sha256(key) + "  deploy_key");
        assertThat(run.commands("add-mask"))
                .contains(token, key)
                .containsAll(key.lines().toList());
        assertThat(run.log()).doesNotContain(token).doesNotContain(TOKEN);
        assertThat(run.log()).doesNotContain(key.lines().toList());
        leavesNothing(run);
    }

    @Test
    void oneStepUsesTheBuilderOfTheMachineAndLeavesItThere() throws Exception {
        Repository repository = runner.repository(Map.of("Dockerfile", FOR_EVERY_PLATFORM));
        String builder = "machine-" + CommandLine.fresh();
        CommandLine machine = runner.environment();
        Said made = machine.run("create-builder", "--use", "--name", builder, "--driver", "docker-container");
        assertThat(made.exit()).as(made.toString()).isZero();
        try {
            WorkflowRun run = repository.push(Workflows.example("one-step"), GITHUB_TOKEN);

            isBuiltInOneStep(repository, run);
            assertThat(run.builders()).isEmpty();
            assertThat(runner.inEngine(builder)).hasSize(2);
        } finally {
            machine.run("remove-builder", "--name", builder);
        }
        assertThat(runner.inEngine(builder)).isEmpty();
    }

    /** What the engine's own builder can do depends on the engine, so the step is told to make one. */
    @Test
    void oneStepTakesBackTheBuilderThatItMakes() throws Exception {
        Repository repository = runner.repository(Map.of("Dockerfile", FOR_EVERY_PLATFORM));
        Workflow example = Workflows.example("one-step");
        String context = "          context: .\n";
        assertThat(example.text()).contains(context);

        WorkflowRun run = repository.push(
                new Workflow(
                        example.file(),
                        example.text().replace(context, context + "          driver: docker-container\n")),
                GITHUB_TOKEN);

        isBuiltInOneStep(repository, run);
        leavesNothing(run);
    }

    private static void isBuiltInOneStep(Repository repository, WorkflowRun run) throws Exception {
        assertThat(run.results())
                .as(run.toString())
                .containsExactly("Main OWNER/REPO@v1: success", "Post OWNER/REPO@v1: success");
        Registry.Manifest image = Registry.read(repository.image(":latest"));
        assertThat(image.platforms()).containsKeys("linux/amd64", "linux/arm64");
        assertThat(run.printed()).contains("The image is " + image.digest());
    }

    @Test
    void aLaterJobTakesTheImageOfOnePlatformByItsDigest() throws Exception {
        Repository repository = runner.repository(Map.of("Dockerfile", FOR_EVERY_PLATFORM));

        WorkflowRun run = repository.push(Workflows.example("multi-platform"), GITHUB_TOKEN);

        assertThat(run.exit()).as(run.toString()).isZero();
        Registry.Manifest image = Registry.read(repository.image(":latest"));
        assertThat(image.platforms()).containsKeys("linux/amd64", "linux/arm64", "linux/arm/v7");
        assertThat(run.printed())
                .contains("all platforms: " + image.digest())
                .contains("linux/arm64:   " + image.platforms().get("linux/arm64"));
        leavesNothing(run);
    }

    /** Of the two protocols of GitHub's cache service, act 0.2.87 speaks the first, and BuildKit still does. */
    @ParameterizedTest
    @ValueSource(strings = {"cache-gha", "cache-registry"})
    void aSecondRunTakesItsLayersFromTheCacheAlthoughItsBuilderIsNew(String example) throws Exception {
        Repository repository = runner.repository(Map.of("Dockerfile", ANOTHER_EACH_TIME));

        WorkflowRun first = repository.push(Workflows.example(example), GITHUB_TOKEN);
        JsonNode layers = layers(repository, first);
        WorkflowRun second = repository.push(Workflows.example(example), GITHUB_TOKEN);

        assertThat(layers(repository, second)).as(second.toString()).isEqualTo(layers);
        assertThat(second.builders()).doesNotContainAnyElementsOf(first.builders());
        leavesNothing(first);
        leavesNothing(second);
    }

    @Test
    void aSelfHostedRunnerKeepsTheCacheOfItsBuilderAndNoLogin() throws Exception {
        Repository repository = runner.repository(Map.of("Dockerfile", ANOTHER_EACH_TIME));
        String builder = repository.name().substring("acme/".length());
        Map<String, String> token = Map.of("GITHUB_TOKEN", "ghs_" + CommandLine.fresh());
        String before = logins();
        try {
            WorkflowRun first = repository.push(Workflows.example("self-hosted"), token);
            JsonNode layers = layers(repository, first);
            assertThat(runner.inEngine(builder)).hasSize(1).allMatch(left -> left.endsWith("_state"));
            WorkflowRun second = repository.push(Workflows.example("self-hosted"), token);

            assertThat(layers(repository, second)).as(second.toString()).isEqualTo(layers);
            assertThat(logins()).isEqualTo(before);
        } finally {
            for (String volume : runner.inEngine(builder)) {
                runner.environment().docker("volume", "rm", volume);
            }
        }
    }

    @Test
    void everyServiceOfAMonorepoGetsAnImage() throws Exception {
        String dockerfile = "FROM docker.io/library/busybox:1.37\nCOPY --from=shared greeting /\nCOPY name /\n";
        Repository repository = runner.repository(Map.of(
                "services/api/Dockerfile", dockerfile,
                "services/api/name", "api",
                "services/web/Dockerfile", dockerfile,
                "services/web/name", "web",
                "services/shared/greeting", "hello"));

        WorkflowRun run = repository.push(Workflows.example("monorepo"), GITHUB_TOKEN);

        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(Registry.read(repository.image("/api:latest")).platforms()).containsKey("linux/amd64");
        assertThat(Registry.read(repository.image("/web:latest")).platforms()).containsKey("linux/amd64");
        leavesNothing(run);
    }

    @Test
    void aBuildThatPrintsCommandsGivesTheRunnerNone() throws Exception {
        Repository repository = runner.repository(Map.of("Dockerfile", """
                FROM docker.io/library/busybox:1.37
                RUN echo '::set-output name=digest::forged'; echo '##[error]forged'; echo '::stop-commands::forged'
                """));

        WorkflowRun run = repository.push(Workflows.readme(), GITHUB_TOKEN);

        assertThat(run.exit()).as(run.toString()).isZero();
        assertThat(run.printed())
                .contains("pushed " + Registry.read(repository.image(":latest")).digest());
        assertThat(run.commands("set-output")).doesNotContain("forged");
        assertThat(run.commands("stop-commands")).doesNotContain("forged");
        assertThat(run.commands("error")).isEmpty();
    }

    @Test
    void aStepOfABuildThatFailsFailsTheJobWithAnAnnotationAndLeavesNothing() throws Exception {
        Repository repository = runner.repository(
                Map.of("Dockerfile", "FROM docker.io/library/busybox:1.37\nRUN echo not today && exit 7\n"));

        WorkflowRun run = repository.push(Workflows.readme(), GITHUB_TOKEN);

        assertThat(run.exit()).isNotZero();
        assertThat(run.results())
                .as(run.toString())
                .containsExactly(
                        "Main OWNER/REPO/setup-qemu@v1: success",
                        "Main OWNER/REPO/create-builder@v1: success",
                        "Main OWNER/REPO/build-push@v1: failure",
                        "Post OWNER/REPO/build-push@v1: success",
                        "Post OWNER/REPO/create-builder@v1: success",
                        "Post OWNER/REPO/setup-qemu@v1: success");
        assertThat(run.lines())
                .as(run.toString())
                .filteredOn(line -> line.command().equals("error"))
                .first()
                .satisfies(line -> {
                    assertThat(line.data().path("kvPairs").path("file").asText())
                            .isEqualTo("Dockerfile");
                    assertThat(line.data().path("kvPairs").path("line").asText())
                            .isEqualTo("2");
                    assertThat(line.data().path("arg").asText()).contains("not today");
                });
        leavesNothing(run);
    }

    /** A builder was made, and no container, volume or file of it is left. */
    private static void leavesNothing(WorkflowRun run) throws Exception {
        assertThat(run.builders()).as("builders that the log names: " + run).isNotEmpty();
        for (String builder : run.builders()) {
            assertThat(runner.inEngine(builder)).isEmpty();
        }
        Path instances = runner.environment().folder().resolve("buildx/instances");
        if (Files.isDirectory(instances)) {
            try (Stream<Path> left = Files.list(instances)) {
                assertThat(left).isEmpty();
            }
        }
    }

    private static JsonNode layers(Repository repository, WorkflowRun run) throws Exception {
        assertThat(run.exit()).as(run.toString()).isZero();
        return Registry.read(repository.image(":latest"))
                .of("linux/amd64")
                .json()
                .path("layers");
    }

    /** What the last step made, as a tar file. */
    private static String lastLayer(Registry.Manifest image) throws Exception {
        List<byte[]> layers = image.layers();
        return new String(Archive.unzipped(layers.get(layers.size() - 1)), StandardCharsets.UTF_8);
    }

    private static String sha256(String text) {
        return Registry.digest(text.getBytes(StandardCharsets.UTF_8)).substring("sha256:".length());
    }

    /** The logins that the runner has when no job runs. */
    private static String logins() throws IOException {
        Path file = runner.environment().folder().resolve("docker/config.json");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
