package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builders of driver remote whose daemon is reached through another program: ssh, and docker. */
class RemoteWaysIT {
    private final String name = "its-ways-" + CommandLine.fresh();
    private final Path folder;
    private final CommandLine commandLine;

    RemoteWaysIT(@TempDir Path folder) throws Exception {
        this.folder = folder;
        this.commandLine = CommandLine.in(folder, TESTBED.buildx());
    }

    @AfterEach
    void removeContainer() throws Exception {
        commandLine.docker("rm", "--force", "--volumes", name);
    }

    private static Said create(CommandLine with, String endpoint) throws Exception {
        return with.run("create-builder", "--name", "far", "--driver", "remote", "--endpoint", endpoint);
    }

    private void builds(CommandLine with, String endpoint) throws Exception {
        String word = CommandLine.fresh();
        Path context = Files.createDirectory(folder.resolve("context"));
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM " + TESTBED.base() + " AS made\nRUN echo " + word
                        + " > /made\nFROM scratch\nCOPY --from=made /made /\n");

        Said made = create(with, endpoint);
        Said built = with.run(
                "build-push",
                "--builder",
                "far",
                "--outputs",
                "type=local,dest=" + folder.resolve("out"),
                "--json",
                context.toString());
        Said removed = with.run("remove-builder", "--name", "far");

        assertThat(made.exit()).as(made.toString()).isZero();
        assertThat(built.exit()).as(built.toString()).isZero();
        assertThat(removed.exit()).as(removed.toString()).isZero();
        assertThat(folder.resolve("out/made")).hasContent(word);
    }

    @Test
    void buildsBehindSsh() throws Exception {
        try (OwnSshd sshd = OwnSshd.start(commandLine);
                OwnBuildkitd daemon = OwnBuildkitd.onASocket()) {
            builds(sshd.reaching(), "ssh://far" + daemon.endpoint().substring("unix://".length()));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ssh://nobody        | Connection refused                    | check that buildkitd runs and listens at that address
            ssh://stranger      | Permission denied (publickey)         | let ssh in without a question
            ssh://unknown       | Host key verification failed          | let ssh in without a question
            ssh://far/no/socket | on far, error: dial unix /no/socket   | check that buildkitd runs and listens at that address
            """)
    void saysBehindSshWhoIsNotThere(String endpoint, String why, String advice) throws Exception {
        try (OwnSshd sshd = OwnSshd.start(commandLine)) {
            Said said = create(sshd.reaching(), endpoint);

            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(said.err()).contains("no buildkitd can be reached at " + endpoint + ": ", why, advice);
        }
    }

    @Test
    void buildsInAContainerWhileItRuns() throws Exception {
        Said started = commandLine.docker(
                "run",
                "--detach",
                "--name",
                name,
                "--privileged",
                "--network",
                "host",
                "--volume",
                TESTBED.buildkitdConfig() + ":/etc/buildkit/buildkitd.toml:ro",
                TESTBED.buildkitImage());
        assertThat(started.exit()).as(started.toString()).isZero();
        Await.until(
                "an answer of buildkitd",
                () -> commandLine
                                .docker("exec", name, "buildctl", "debug", "workers")
                                .exit()
                        == 0);
        String endpoint = "docker-container://" + name;
        builds(commandLine, endpoint);
        create(commandLine, endpoint);
        commandLine.docker("kill", name);

        Said stopped =
                create(commandLine.with("BUILDX_CONFIG", folder.resolve("other").toString()), endpoint);
        Said build = commandLine.run(
                "build-push",
                "--builder",
                "far",
                "--json",
                folder.resolve("context").toString());
        removeContainer();
        Said gone = create(commandLine, endpoint);

        assertThat(stopped.exit()).as(stopped.toString()).isEqualTo(3);
        assertThat(stopped.err()).contains("the container " + name + " does not run");
        assertThat(Reported.failure(build)).as(build.toString()).isEqualTo("builder-unreachable");
        assertThat(build.json().at("/failure/message").asText()).contains("the container " + name + " does not run");
        assertThat(gone.exit()).as(gone.toString()).isEqualTo(3);
        assertThat(gone.err()).contains("there is no container " + name);
    }
}
