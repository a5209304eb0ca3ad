package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Builders whose maker is killed. */
final class KilledCreations implements AutoCloseable {
    private static final int LONGEST = 2500;
    private static final int TRIES = 20;

    private final Random random;
    private final CommandLine commandLine;

    KilledCreations(Random random) throws IOException {
        this.random = random;
        this.commandLine = CommandLine.in(Files.createTempDirectory("its-"), TESTBED.buildx());
    }

    private Running start(String name, Driver driver) throws IOException {
        List<String> create = new ArrayList<>(List.of("create-builder", "--name", name, "--driver", driver.render()));
        create.addAll(Builder.definition(driver));
        return commandLine.start(create.toArray(String[]::new));
    }

    /** What is seen of a builder, wherever it is. */
    private List<String> seen(String name) throws Exception {
        List<String> seen = new ArrayList<>(commandLine
                .docker("container", "ls", "--all", "--format", "{{.Names}}")
                .lines());
        seen.addAll(commandLine.docker("volume", "ls", "--format", "{{.Name}}").lines());
        seen.addAll(files(commandLine.folder().resolve("home")));
        seen.addAll(files(commandLine.folder().resolve("buildx/instances")));
        seen.addAll(Machine.commandLines().values());
        seen.removeIf(entry -> !entry.contains(name));
        return seen;
    }

    private static List<String> files(Path folder) throws IOException {
        return FilesBelow.of(folder).stream()
                .map(file -> folder.relativize(file).toString())
                .toList();
    }

    /** Kills once; what is left is told by the doctor, changed by nothing else, and removed when that is asked for. */
    boolean kill(Driver driver) throws Exception {
        String name = "its-" + CommandLine.fresh();
        boolean killed;
        try (Running running = start(name, driver)) {
            killed = !running.ends(Duration.ofMillis(random.nextInt(LONGEST)));
            running.signal("KILL");
            running.end();
        }
        if (!killed) {
            remove(name);
        }
        assertNothingIsLeft(name);
        return killed;
    }

    /** What is left of one that was killed in its middle is told and removed; a whole one stays. */
    void killInItsMiddle(Driver driver) throws Exception {
        String kept = "its-" + CommandLine.fresh();
        try (Running whole = start(kept, driver)) {
            assertThat(whole.end().exit()).isZero();
        }
        String name = killedInItsMiddle(driver);
        assertThat(Reported.texts(left())).doesNotContain("builder " + kept);
        assertThat(seen(name)).isNotEmpty();

        assertNothingIsLeft(name);

        assertThat(seen(kept)).isNotEmpty();
        remove(kept);
    }

    /** Kills one when its container, or its daemon, is there; one that was quicker is removed, and the next begun. */
    private String killedInItsMiddle(Driver driver) throws Exception {
        for (int tries = 0; tries < TRIES; tries++) {
            String name = "its-" + CommandLine.fresh();
            try (Running running = start(name, driver)) {
                Await.until(
                        "a part of it",
                        () -> isPartlyThere(name) || !running.handle().isAlive());
                running.signal("KILL");
                running.end();
            }
            if (Reported.texts(left()).contains("builder " + name)) {
                return name;
            }
            remove(name);
        }
        throw new AssertionError("each of " + TRIES + " was whole before it was killed");
    }

    /** A volume or a daemon; that it is looked for is seen before. */
    private boolean isPartlyThere(String name) throws Exception {
        return seen(name).stream().anyMatch(entry -> entry.endsWith("_state") || entry.contains("--root"));
    }

    private void remove(String name) throws Exception {
        Said said = commandLine.run("remove-builder", "--name", name);
        assertThat(said.exit()).as(said.toString()).isZero();
    }

    private JsonNode left() throws Exception {
        return commandLine.run("doctor", "--json").json().path("left");
    }

    private void assertNothingIsLeft(String name) throws Exception {
        Said gc = commandLine.run("doctor", "--gc");
        assertThat(gc.err()).as(gc.toString()).doesNotContain("what killed runs left");
        assertThat(left()).isEmpty();
        Await.until("nothing of " + name, () -> seen(name).isEmpty());
        Await.until(
                "nothing in " + commandLine.temporary(),
                () -> FilesBelow.all(commandLine.temporary()).size() == 1);
    }

    @Override
    public void close() throws IOException {
        Builder.delete(commandLine.folder());
    }
}
