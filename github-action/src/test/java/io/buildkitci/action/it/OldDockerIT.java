package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A docker command line of before buildx, with the BuildKit that is inside the testbed's engine. */
class OldDockerIT {
    private final Path folder;
    private final CommandLine commandLine;

    OldDockerIT(@TempDir Path folder) throws Exception {
        this.folder = folder;
        String old = Objects.requireNonNull(Path.of(TESTBED.value("docker.old")).getParent())
                .toString();
        this.commandLine = CommandLine.in(folder, TESTBED.buildx()).with("PATH", old + ":/usr/bin:/bin");
    }

    private String context(String dockerfile) throws Exception {
        Path context = Files.createTempDirectory(folder, "context-");
        Files.writeString(context.resolve("Dockerfile"), dockerfile.replace("FROM BASE", "FROM " + TESTBED.base()));
        return context.toString();
    }

    @Test
    void buildsWithTheEnginesBuildKitAndCountsItsSteps() throws Exception {
        String word = CommandLine.fresh();
        String tag = "its-old-docker:" + word;
        String context = context("FROM BASE\nRUN --mount=type=secret,id=s test \"$(cat /run/secrets/s)\" = " + word
                + "\nRUN echo " + word + "\n");
        CommandLine with = commandLine.with("WORD", word);
        String[] build = {
            "build-push", "--client", "docker", "--tags", tag, "--secret-envs", "s=WORD", "--json", context
        };

        Said first = with.run(build);
        Said second = with.run(build);
        Said inspected = commandLine.docker("image", "inspect", "--format", "{{.Id}}", tag);
        commandLine.docker("image", "rm", tag);

        assertThat(first.exit()).as(first.toString()).isZero();
        assertThat(first.built().at("/steps/run").asInt()).isEqualTo(2);
        assertThat(second.built().at("/steps/run").asInt()).isZero();
        assertThat(second.built().at("/steps/cached").asInt()).isEqualTo(2);
        assertThat(inspected.out().strip())
                .isEqualTo(first.built().at("/image/imageId").asText());
        assertThat(first.built().path("notes").toString()).contains("there is no buildx here");
    }

    @Test
    void isTakenWhereThereIsNoBuildx() throws Exception {
        String tag = "its-old-docker:" + CommandLine.fresh();
        Said built = commandLine
                .withoutSystemPlugins()
                .run(
                        "build-push",
                        "--tags",
                        tag,
                        "--json",
                        context("FROM BASE\nRUN echo " + CommandLine.fresh() + "\n"));
        commandLine.docker("image", "rm", tag);

        assertThat(built.exit()).as(built.toString()).isZero();
        assertThat(built.built().at("/steps/run").asInt()).isEqualTo(1);
        assertThat(built.built().path("notes").toString()).contains("there is no buildx here");
    }

    @Test
    void aStepThatFailsIsNamed() throws Exception {
        Said said = commandLine.run(
                "build-push", "--client", "docker", context("FROM BASE\nRUN echo before; echo why >&2; exit 42\n"));

        assertThat(said.exit()).as(said.toString()).isEqualTo(1);
        assertThat(said.out()).contains("[step-failed]", "exited with code 42", "| why");
    }

    @Test
    void whatItCannotDoIsRefusedAtOnce() throws Exception {
        Said said = commandLine.run(
                "build-push",
                "--client",
                "docker",
                "--platforms",
                "linux/amd64,linux/arm64",
                "--tags",
                TESTBED.registry() + "/its/old:1",
                "--push",
                "--sbom",
                "true",
                context("FROM BASE\n"));

        assertThat(said.exit()).as(said.toString()).isEqualTo(3);
        assertThat(said.out())
                .contains(
                        "platforms: ", "one platform at a time", "push: ", "docker push", "sbom: ", "doctor --install");
    }

    @Test
    void aNewerDockerWithoutBuildxIsNotTakenForOne() throws Exception {
        Said said = CommandLine.in(folder, TESTBED.buildx())
                .run("build-push", "--client", "docker", context("FROM BASE\n"));

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("since 23.0 builds with nothing else");
    }
}
