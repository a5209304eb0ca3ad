package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builders of driver remote whose daemon is reached through another program: ssh, and docker. By both clients. */
class RemoteWaysIT {
    private static final List<String> CLIENTS = List.of("buildx", "buildctl");

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

    private Path context(String dockerfile) throws IOException {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        return context;
    }

    private void builds(CommandLine with, String endpoint) throws Exception {
        String word = CommandLine.fresh();
        Path context = context("FROM " + TESTBED.base() + " AS made\nRUN echo " + word
                + " > /made\nFROM scratch\nCOPY --from=made /made /\n");

        Said made = create(with, endpoint);
        assertThat(made.exit()).as(made.toString()).isZero();
        for (String client : CLIENTS) {
            Path out = folder.resolve("out-" + client);
            Said built = build(with, client, "--builder=far", "--outputs=type=local,dest=" + out, context.toString());
            assertThat(built.exit()).as(built.toString()).isZero();
            assertThat(out.resolve("made")).hasContent(word);
        }
        Said removed = with.run("remove-builder", "--name", "far");
        assertThat(removed.exit()).as(removed.toString()).isZero();
    }

    private static Said build(CommandLine with, String client, String... arguments) throws Exception {
        return with.run(Stream.concat(Stream.of("build-push", "--client=" + client, "--json"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static void assertUnreachable(Said build, String endpoint, String why, String advice) {
        assertThat(build.exit()).as(build.toString()).isEqualTo(3);
        assertThat(Reported.failure(build)).as(build.toString()).isEqualTo("builder-unreachable");
        assertThat(build.json().at("/failure/message").asText())
                .contains("no buildkitd can be reached at " + endpoint + ": ", why);
        assertThat(build.json().at("/failure/advice").asText()).contains(advice);
        assertThat(build.json().path("attempts").asInt()).isZero();
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
            Said build = build(
                    sshd.reaching().with("BUILDKIT_HOST", endpoint),
                    "buildctl",
                    context("FROM scratch\n").toString());

            assertThat(said.exit()).as(said.toString()).isEqualTo(3);
            assertThat(said.err()).contains("no buildkitd can be reached at " + endpoint + ": ", why, advice);
            assertUnreachable(build, endpoint, why, advice);
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
        String context = folder.resolve("context").toString();
        for (String client : CLIENTS) {
            assertUnreachable(
                    build(commandLine, client, "--builder=far", context),
                    endpoint,
                    "the container " + name + " does not run",
                    "docker start " + name);
        }
        removeContainer();
        Said gone = create(commandLine, endpoint);

        assertThat(stopped.exit()).as(stopped.toString()).isEqualTo(3);
        assertThat(stopped.err()).contains("the container " + name + " does not run");
        assertThat(gone.exit()).as(gone.toString()).isEqualTo(3);
        assertThat(gone.err()).contains("there is no container " + name);
    }
}
