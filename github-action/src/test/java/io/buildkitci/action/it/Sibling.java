package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Another build of the same person, in another builder, that goes on until it is told to end. */
final class Sibling implements AutoCloseable {
    private final String name = "its-sibling-" + CommandLine.fresh();
    private final CommandLine commandLine;
    private final Running running;

    Sibling(CommandLine commandLine) throws Exception {
        this.commandLine = commandLine;
        List<String> create = new ArrayList<>(List.of("create-builder", "--name", name));
        create.addAll(List.of("--driver", Driver.DOCKER_CONTAINER.render()));
        create.addAll(Builder.definition(Driver.DOCKER_CONTAINER));
        Said said = commandLine.run(create.toArray(String[]::new));
        assertThat(said.exit()).as(said.toString()).isZero();
        running = commandLine.start(build("echo %s; until [ -e /c/end ]; do sleep 0.2; done; echo over-%s"));
        running.awaitErr("| " + name + "\n");
    }

    private String[] build(String command) throws IOException {
        Path context = Files.createTempDirectory(commandLine.folder().resolve("work"), "sibling-");
        Files.writeString(
                context.resolve("Dockerfile"),
                "FROM %s\nRUN --mount=type=cache,id=%s,target=/c %s\n"
                        .formatted(TESTBED.base(), name, command.formatted(name, name)));
        return new String[] {"build-push", "--builder", name, context.toString()};
    }

    void assertRuns() throws Exception {
        assertThat(running.handle().isAlive()).as(running.err()).isTrue();
    }

    /** Its own, as the kernel numbers them. */
    List<Long> processes() {
        return Stream.concat(Stream.of(running.handle()), running.handle().descendants())
                .map(ProcessHandle::pid)
                .sorted()
                .toList();
    }

    void assertEndsWell() throws Exception {
        Said told = commandLine.run(build("touch /c/end"));
        assertThat(told.exit()).as(told.toString()).isZero();
        Said said = running.end();
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.err()).contains("over-" + name);
    }

    @Override
    public void close() throws IOException {
        running.close();
        try {
            assertThat(commandLine.run("remove-builder", "--name", name).exit()).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
