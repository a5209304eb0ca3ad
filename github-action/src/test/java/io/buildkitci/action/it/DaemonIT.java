package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Builds on a machine on which no docker, no buildx and no engine's socket can be found. */
class DaemonIT {
    private static final List<String> PROGRAMS =
            List.of("sh", "id", "setsid", "kill", "sleep", "rm", "git", "umount", "mount", "unshare", "true", "runc");

    private Path folder;
    private CommandLine commandLine;

    @BeforeEach
    void aMachineWithoutDocker() throws IOException {
        folder = Files.createTempDirectory("its-");
        Path programs = Files.createDirectories(folder.resolve("programs"));
        for (String name : PROGRAMS) {
            Files.createSymbolicLink(programs.resolve(name), Machine.onPath(name));
        }
        commandLine = CommandLine.in(folder, Path.of("/nonexistent/buildx"))
                .with("PATH", programs.toString())
                .with("DOCKER_HOST", "unix:///nonexistent/docker.sock");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        Machine.awaitNone(state().toString());
        assertThat(builders()).isEmpty();
        Builder.delete(folder);
    }

    private Path state() {
        return folder.resolve("home/buildkit-ci/builders");
    }

    private List<String> builders() throws IOException {
        if (!Files.isDirectory(state())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(state())) {
            return entries.map(path -> path.getFileName().toString()).toList();
        }
    }

    private Path context(String dockerfile) throws IOException {
        Path directory = Files.createTempDirectory(folder.resolve("work"), "context-");
        Files.writeString(directory.resolve("Dockerfile"), dockerfile.replace("FROM BASE", "FROM " + TESTBED.base()));
        return directory;
    }

    @Test
    void buildsAndPushesWithADaemonOfItsOwn() throws Exception {
        String image = Builder.image("daemon");
        Path context = context("FROM BASE\nRUN echo %s > /made\n".formatted(CommandLine.fresh()));

        JsonNode report = commandLine
                .run(
                        "build-push",
                        "--driver",
                        "buildkitd",
                        "--platforms",
                        "amd64,386",
                        "--tags",
                        image,
                        "--push",
                        "--json",
                        context.toString())
                .built();

        Registry.Manifest index = Registry.read(image);
        assertThat(report.at("/image/digest").asText()).isEqualTo(index.digest());
        assertThat(Reported.digests(report))
                .containsEntry("linux/amd64", index.platforms().get("linux/amd64"))
                .containsEntry("linux/386", index.platforms().get("linux/386"));
        assertThat(report.at("/builder/driver").asText()).isEqualTo("buildkitd");
        assertThat(Reported.steps(report)).containsExactly(2, 0, 2);
    }

    @Test
    void showsThePlanAndStartsNothing() throws Exception {
        Path context = context("FROM scratch\n");

        JsonNode plan = commandLine
                .run("build-push", "--driver", "buildkitd", "--plan", context.toString())
                .built();

        assertThat(Reported.texts(plan.path("argv")))
                .contains("--addr", "unix://$DAEMON/buildkitd.sock", "--frontend", "dockerfile.v0");
        assertThat(state()).doesNotExist();
    }

    @Test
    void aBuildThatFailsLeavesNothing() throws Exception {
        Said said = commandLine.run(
                "build-push",
                "--driver",
                "buildkitd",
                "--json",
                context("FROM BASE\nRUN exit 42\n").toString());

        assertThat(said.exit()).isEqualTo(1);
        assertThat(Reported.failure(said)).isEqualTo("step-failed");
    }

    @Test
    void aMistakeIsToldBeforeAnythingIsStarted() throws Exception {
        Said said = commandLine.run(
                "build-push",
                "--driver",
                "buildkitd",
                "--client",
                "buildx",
                "--builder",
                "ci",
                context("FROM scratch\n").toString());

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("2 inputs are wrong");
        assertThat(state()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "KILL"})
    void aBuildThatIsStoppedTakesItsDaemonAlong(String signal) throws Exception {
        String mark = "it-" + CommandLine.fresh();
        Path context = context("FROM BASE\nRUN echo %s; while sleep 1; do :; done\n".formatted(mark));

        try (Running running = commandLine.start("build-push", "--driver", "buildkitd", context.toString())) {
            Machine.awaitOne("echo " + mark);
            running.signal(signal);
            int exit = running.end().exit();
            assertThat(exit).isEqualTo(signal.equals("KILL") ? 137 : 130);
        }

        Machine.awaitNone("echo " + mark);
        Await.until("the daemon's directory to be gone", () -> builders().isEmpty());
    }

    @Test
    void takesTheDaemonThatTheEnvironmentNamesAndLeavesItAlone() throws Exception {
        JsonNode report = commandLine
                .with("BUILDKIT_HOST", TESTBED.buildkitAddress())
                .run(
                        "build-push",
                        "--driver",
                        "buildkitd",
                        "--json",
                        context("FROM BASE\nRUN true\n").toString())
                .built();

        assertThat(report.at("/builder/name").asText()).isEqualTo(TESTBED.buildkitAddress());
        assertThat(state()).doesNotExist();
    }

    @Test
    void aBuilderStaysAndKeepsItsCache() throws Exception {
        Path context = context("FROM BASE\nRUN echo %s\n".formatted(CommandLine.fresh()));
        String[] create = {"create-builder", "--driver", "buildkitd", "--name", "ci", "--use"};
        try {
            assertThat(commandLine.run(create).out()).startsWith("builder    ci created, driver buildkitd, running");
            assertThat(commandLine.run(create).out()).startsWith("builder    ci reused");
            Said refused = commandLine.run(
                    "create-builder", "--driver", "buildkitd", "--name", "ci", "--buildkitd-flags", "--debug");
            assertThat(refused.exit()).isEqualTo(2);
            assertThat(refused.err()).contains("buildkitd-flags: has ").contains("asked for --debug");

            JsonNode first =
                    commandLine.run("build-push", "--json", context.toString()).built();
            kill(pid());
            assertThat(commandLine
                            .run("build-push", "--json", context.toString())
                            .exit())
                    .isEqualTo(3);
            assertThat(commandLine.run(create).exit()).isZero();
            JsonNode second =
                    commandLine.run("build-push", "--json", context.toString()).built();

            assertThat(first.at("/builder/name").asText()).isEqualTo("ci");
            assertThat(Reported.steps(first)).containsExactly(1, 0, 1);
            assertThat(Reported.steps(second)).containsExactly(1, 1, 0);
        } finally {
            assertThat(commandLine.run("remove-builder", "--name", "ci").exit()).isZero();
        }
        assertThat(commandLine.run("remove-builder", "--name", "ci").exit()).isNotZero();
    }

    @Test
    void aBuildersCacheCanOutliveIt() throws Exception {
        Path context = context("FROM BASE\nRUN echo %s\n".formatted(CommandLine.fresh()));
        String[] create = {"create-builder", "--driver", "buildkitd", "--name", "ci"};
        try {
            commandLine.run(create);
            commandLine.run("build-push", "--builder", "ci", context.toString());
            commandLine.run("remove-builder", "--name", "ci", "--keep-state");
            Machine.awaitNone(state().toString());
            commandLine.run(create);

            JsonNode again = commandLine
                    .run("build-push", "--builder", "ci", "--json", context.toString())
                    .built();
            assertThat(Reported.steps(again)).containsExactly(1, 1, 0);
        } finally {
            assertThat(commandLine.run("remove-builder", "--name", "ci").exit()).isZero();
        }
    }

    @Test
    void aDaemonThatDoesNotStartSaysWhyAndLeavesNothing() throws Exception {
        Said said = commandLine.run(
                "create-builder", "--driver", "buildkitd", "--name", "ci", "--buildkitd-config-inline", "not toml");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("buildkitd was not started").contains("toml");
    }

    private long pid() throws IOException {
        String record = Files.readString(state().resolve("ci/daemon.json"));
        return Long.parseLong(record.replaceAll("(?s).*\"pid\" : (\\d+).*", "$1"));
    }

    private static void kill(long pid) throws Exception {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().get();
    }
}
