package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Builders that pull through a mirror: the testbed's registry stands for Docker Hub, which has no image of these names. */
class MirrorIT {
    private final String name = "its-mirror-" + CommandLine.fresh();
    private final Path folder;
    private final CommandLine commandLine;

    MirrorIT(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.commandLine = CommandLine.in(folder, TESTBED.buildx());
    }

    @AfterEach
    void remove() throws Exception {
        commandLine.run("remove-builder", "--name", name);
        commandLine.docker("image", "rm", TESTBED.registry() + "/library/" + name + ":1"); // where there is one
    }

    private Path context(String dockerfile) throws Exception {
        Path context = Files.createTempDirectory(folder, "context-");
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return context;
    }

    /** An image whose name says Docker Hub. */
    private void publish() throws Exception {
        Said said = commandLine.run(
                "build-push",
                "--tags",
                TESTBED.registry() + "/library/" + name + ":1",
                "--push",
                context("FROM " + TESTBED.base() + "\nRUN echo " + name + " > /from-the-mirror\n")
                        .toString());
        assertThat(said.exit()).as(said.toString()).isZero();
    }

    private Said create(Driver driver, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("create-builder", "--name", name, "--driver", driver.render(), "--json"));
        if (driver == Driver.DOCKER_CONTAINER) {
            arguments.addAll(List.of("--driver-opts", "network=host,image=" + TESTBED.buildkitImage()));
        }
        arguments.addAll(List.of(more));
        return commandLine.run(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(names = {"DOCKER_CONTAINER", "BUILDKITD"})
    void aBuilderPullsThroughAMirror(Driver driver) throws Exception {
        publish();
        String[] definition = {
            "--registry-mirrors",
            "http://" + TESTBED.registry(),
            "--gc-policy",
            "max-used-space=30GB,min-free-space=1%",
            "--buildkitd-config-inline",
            "[worker.oci]\n  max-parallelism = 2\n"
        };

        Said made = create(driver, definition);
        Said built = commandLine.run(
                "build-push",
                "--builder",
                name,
                "--outputs",
                "type=local,dest=" + folder.resolve("out"),
                "--json",
                context("FROM " + name + ":1 AS pulled\nFROM scratch\nCOPY --from=pulled /from-the-mirror /\n")
                        .toString());
        Said again = create(driver, definition);
        Said other = create(driver, "--registry-mirrors", "http://" + TESTBED.registry());

        assertThat(made.exit()).as(made.toString()).isZero();
        assertThat(built.exit()).as(built.toString()).isZero();
        assertThat(folder.resolve("out/from-the-mirror")).hasContent(name);
        assertThat(again.json().path("created").asBoolean()).isFalse();
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err()).contains("buildkitd-config");
        if (driver == Driver.DOCKER_CONTAINER) {
            assertThat(commandLine.buildx("inspect", name).out()).contains("30GiB", "max-parallelism");
        }
    }

    @Test
    void theDaemonItselfCanBePinnedByItsDigest() throws Exception {
        String image = TESTBED.registry() + "/its/" + name + "-buildkit:1";
        commandLine.docker("tag", TESTBED.buildkitImage(), image);
        Said pushed = commandLine.docker("push", "--quiet", image);
        String digest = Registry.read(image).digest();
        commandLine.docker("image", "rm", image);
        String pinned = image.replaceFirst(":1$", "") + "@" + digest;

        Said made = commandLine.run(
                "create-builder",
                "--name",
                name,
                "--driver-opts",
                "image=" + pinned + ",restart-policy=on-failure:2,memory=1g,network=host,\"cpuset-cpus=0,1\"");
        Said inspected = commandLine.docker(
                "inspect",
                "--format",
                "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}} {{.HostConfig.Memory}}"
                        + " {{.HostConfig.NetworkMode}} {{.HostConfig.CpusetCpus}} {{.Config.Image}}",
                "buildx_buildkit_" + name + "0");
        commandLine.run("remove-builder", "--name", name);
        commandLine.docker("image", "rm", pinned);

        assertThat(pushed.exit()).as(pushed.toString()).isZero();
        assertThat(made.exit()).as(made.toString()).isZero();
        assertThat(inspected.out().strip()).isEqualTo("on-failure 2 1073741824 host 0,1 " + pinned);
    }

    @Test
    void aFileThatSaysOtherwiseIsToldWithAllOtherProblemsAndNothingIsMade() throws Exception {
        Path file =
                Files.writeString(folder.resolve("buildkitd.toml"), "[registry.\"docker.io\"]\n  mirrors = [\"x\"]\n");

        Said said = create(
                Driver.DOCKER_CONTAINER,
                "--buildkitd-config",
                file.toString(),
                "--registry-mirrors",
                "mirror.example",
                "--driver-opts",
                "memory=lots");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("--registry-mirrors: 'docker.io'", "has a table of this registry already", "memory=lots");
        assertThat(commandLine.buildx("ls").out()).doesNotContain(name);
    }
}
