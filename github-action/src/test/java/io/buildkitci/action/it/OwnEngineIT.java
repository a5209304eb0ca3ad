package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.builder.TlsEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that keeps its images without containerd, and one that is killed while it builds. */
class OwnEngineIT {
    private static OwnEngine engine;

    private final Path folder;
    private final String word = CommandLine.fresh();
    private CommandLine commandLine;

    OwnEngineIT(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.commandLine = CommandLine.in(folder, TESTBED.buildx());
    }

    @BeforeAll
    static void start() throws Exception {
        engine = OwnEngine.start();
        engine.load();
    }

    @AfterAll
    static void stop() throws Exception {
        engine.close();
    }

    @BeforeEach
    void useIt() {
        commandLine = commandLine.with("DOCKER_HOST", engine.host());
    }

    private String context(String steps) throws Exception {
        Path context = Files.createTempDirectory(folder, "context-");
        Files.writeString(context.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\n" + steps);
        return context.toString();
    }

    @Test
    void buildsAndLoadsOnePlatformWithAnInlineCache() throws Exception {
        String tag = "its-own-engine:" + word;
        String context = context("RUN --network=none echo " + word + "\n");
        String[] build = {"build-push", "--tags", tag, "--load", "--cache-to", "type=inline", "--json", context};

        Said first = commandLine.run(build);
        Said second = commandLine.run(build);
        Said inspected = commandLine.docker("image", "inspect", "--format", "{{.Id}}", tag);

        assertThat(first.exit()).as(first.toString()).isZero();
        assertThat(first.built().at("/steps/run").asInt()).isEqualTo(1);
        assertThat(second.built().at("/steps/cached").asInt()).isEqualTo(1);
        assertThat(inspected.out().strip())
                .isEqualTo(second.built().at("/image/imageId").asText());
    }

    @Test
    void whatNeedsTheOtherStoreIsRefusedAtOnceWithBothWaysOut() throws Exception {
        Said said = commandLine.run(
                "build-push",
                "--platforms",
                "linux/amd64,linux/arm64",
                "--cache-to",
                "type=local,dest=" + folder.resolve("cache"),
                "--tags",
                "its-own-engine:1",
                "--outputs",
                "type=oci,dest=" + folder.resolve("image.tar"),
                context(""));

        assertThat(said.exit()).as(said.toString()).isEqualTo(3);
        assertThat(said.out())
                .contains(
                        "platforms: the docker driver without the containerd image store builds one platform at a time",
                        "cache-to: ",
                        "outputs: ",
                        "doctor --enable-buildkit",
                        "--driver docker-container");
        assertThat(folder.resolve("cache")).doesNotExist();
        assertThat(folder.resolve("image.tar")).doesNotExist();
    }

    /** As one on another machine is: {@code DOCKER_HOST=tcp://…} and {@code DOCKER_CERT_PATH}. */
    @Test
    void itsOwnBuilderBuildsAndBakesWhereItIsReachedByTls() throws Exception {
        Path context = Path.of(context("RUN --network=none echo " + word + "\n"));
        Files.writeString(
                context.resolve("docker-bake.hcl"), "target \"default\" { tags = [\"its-baked:" + word + "\"] }\n");
        Path certificates = Files.createDirectory(folder.resolve("certificates"));
        try (TlsEngine tls = TlsEngine.start(certificates, engine.socket())) {
            CommandLine secured = commandLine;
            for (Map.Entry<String, String> variable : tls.variables().entrySet()) {
                secured = secured.with(variable.getKey(), variable.getValue());
            }
            Said taken = secured.run("create-builder", "--driver", "docker", "--json");
            Said built =
                    secured.run("build-push", "--tags", "its-own-engine:" + word, "--load", "--json", context + "");
            Said baked = secured.inDirectory(context).run("bake", "--load", "--json");
            Files.delete(certificates.resolve("ca.pem"));
            Said refused = secured.run("build-push", "--json", context + "");

            assertThat(taken.exit()).as(taken.toString()).isZero();
            assertThat(taken.json().path("created").asBoolean(true)).isFalse();
            assertThat(Reported.steps(built.built())).containsExactly(1, 0, 1);
            assertThat(Reported.steps(baked.built().at("/targets/default"))).containsExactly(1, 1, 0);
            assertThat(Reported.failure(refused)).as(refused.toString()).isEqualTo("engine-unreachable");
        }
        Said images = commandLine.docker("image", "ls", "--quiet", "its-baked:" + word);
        assertThat(images.lines()).hasSize(1);
    }

    @Test
    void anEngineThatIsKilledAndComesBackGetsTheBuildAgain() throws Exception {
        try (Running build = commandLine.start("build-push", "--retries=3", "--json", slow())) {
            build.awaitErr("began");
            engine.kill();
            build.awaitErr("run 1 failed");
            engine.startAgain();
            Said said = build.end();
            JsonNode report = said.built();

            assertThat(report.path("attempts").asInt())
                    .as("the engine takes its time: " + said)
                    .isBetween(2, 4);
            assertThat(report.path("notes").toString()).contains("run again after", "[builder-lost]");
        }
    }

    @Test
    void anEngineThatIsKilledAndStaysAwayIsNamedAndNothingIsLeft() throws Exception {
        try (Running build = commandLine
                .with("TOKEN", "planted-" + word)
                .start("build-push", "--secret-envs", "token=TOKEN", "--json", slow())) {
            build.awaitErr("began");
            engine.kill();
            Said said = build.end();

            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(Reported.failure(said)).isEqualTo("engine-unreachable");
            assertThat(said.toString()).doesNotContain("planted-" + word);
        } finally {
            engine.startAgain();
        }
        try (var files = Files.list(commandLine.temporary())) {
            assertThat(files.toList()).isEqualTo(List.of());
        }
    }

    private String slow() throws Exception {
        return context("RUN --network=none echo began " + word + " && sleep 3\n");
    }
}
