package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** buildkitd of somebody who is not root: what it needs, and what it leaves. For what it can do see {@link DriversIT}. */
class RootlessIT {
    private Path folder;
    private Person person;
    private CommandLine commandLine;

    @BeforeEach
    void somebody() throws Exception {
        folder = Files.createTempDirectory("its-");
        CommandLine machine = CommandLine.in(folder, Path.of("/nonexistent/buildx"));
        person = new Person(folder);
        commandLine = machine.as(person).with("DOCKER_HOST", "unix:///nonexistent/docker.sock");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        Path builders = folder.resolve("home/buildkit-ci/builders");
        Machine.awaitNone(builders.toString());
        if (Files.isDirectory(builders)) {
            assertThat(builders).isEmptyDirectory();
        }
        Builder.delete(folder);
    }

    private Path context(String steps) throws Exception {
        Path context = Files.createDirectories(folder.resolve("work/context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\n" + steps);
        return context;
    }

    private Said build(String steps) throws Exception {
        String[] arguments = {
            "build-push", "--driver", "buildkitd", "--json", context(steps).toString()
        };
        return commandLine.run(arguments);
    }

    @Test
    void aDaemonForOneBuildBelongsToThePersonAndGoes() throws Exception {
        Said said = build("RUN id -u > /id && cat /proc/self/uid_map && touch /of-root && chown 1000:1000 /of-root\n");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.err()).contains("4242").contains("200000");
    }

    @Test
    void aBuilderKeepsItsCacheUntilItIsRemoved() throws Exception {
        Path context = context("RUN echo %s\n".formatted(CommandLine.fresh()));
        try {
            Said made = commandLine.run("create-builder", "--driver", "buildkitd", "--name", "ci", "--use");
            assertThat(made.out()).as(made.toString()).startsWith("builder    ci created, driver buildkitd, running");
            commandLine.run("build-push", context.toString());
            JsonNode again =
                    commandLine.run("build-push", "--json", context.toString()).built();

            assertThat(Reported.steps(again)).containsExactly(1, 1, 0);
        } finally {
            Said removed = commandLine.run("remove-builder", "--name", "ci");
            assertThat(removed.exit()).as(removed.toString()).isZero();
        }
    }

    @Test
    void aBuildThatIsKilledLeavesNothing() throws Exception {
        String mark = "it-" + CommandLine.fresh();
        Path context = context("RUN echo %s; while sleep 1; do :; done\n".formatted(mark));
        try (Running running = commandLine.start("build-push", "--driver", "buildkitd", context.toString())) {
            Machine.awaitOne("echo " + mark);
            running.signal("KILL");
            assertThat(running.end().exit()).isEqualTo(137);
        }
        Machine.awaitNone("echo " + mark);
        Path builders = folder.resolve("home/buildkit-ci/builders");
        Await.until("the daemon's directory to be gone", () -> builders.toFile().list().length == 0);
    }

    @Test
    void saysWhatIsMissingAndWhatHelps() throws Exception {
        Files.delete(person.programs().resolve("rootlesskit"));

        Said said = build("");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("no rootlesskit was found");
        assertThat(said.err()).contains("packages rootlesskit and uidmap");
    }

    @Test
    void saysThatThePersonHasNoRangesOfIds() throws Exception {
        person.withoutRanges();

        Said said = build("");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("usermod --add-subuids");
    }

    @Test
    void saysThatSetuidProgramsGetNothingHere() throws Exception {
        person.withoutNewPrivileges();

        Said said = build("");

        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("no no-new-privileges");
    }
}
