package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.local.LocalFiles;
import io.buildkitci.model.Driver;
import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A builder of the test's own, made by our own create-builder when it is first asked for. Closing removes it by our own
 * remove-builder and fails when a container, volume, private file or process is left.
 */
final class Builder implements AutoCloseable {
    private static final int MOST_TRIES = 200;
    private static final long PAUSE_MILLIS = 50;

    private final Driver driver;
    private final CommandLine commandLine;
    private final String name;
    private final List<String> definition;
    private final String label;
    private boolean made;

    private Builder(Driver driver, CommandLine commandLine, List<String> definition, String label) {
        this.driver = driver;
        this.commandLine = commandLine;
        this.definition = List.copyOf(definition);
        this.label = label;
        this.name = driver == Driver.DOCKER ? "default" : "its-" + CommandLine.fresh();
    }

    private static CommandLine machine(Path buildx) {
        try {
            return CommandLine.in(Files.createTempDirectory("its-"), buildx);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Builder of(Driver driver) {
        return of(driver, definition(driver));
    }

    /** One with just these inputs of create-builder. */
    static Builder of(Driver driver, List<String> definition) {
        return new Builder(driver, machine(TESTBED.buildx()), definition, driver.render());
    }

    /** A buildkitd of somebody who is not root. */
    static Builder rootless() throws IOException, InterruptedException {
        CommandLine machine = machine(TESTBED.buildx());
        List<String> definition = List.of("--buildkitd-config-inline", Files.readString(TESTBED.buildkitdConfig()));
        return new Builder(Driver.BUILDKITD, machine.as(new Person(machine.folder())), definition, "rootless");
    }

    static Builder withOldBuildx(Driver driver) {
        return new Builder(
                driver, machine(TESTBED.oldBuildx()), definition(driver), driver.render() + ", oldest buildx");
    }

    /** Every driver with the current buildx, and those that differ most with the oldest. */
    static Stream<Builder> everywhere() {
        return Stream.concat(
                Stream.of(Driver.DOCKER, Driver.DOCKER_CONTAINER, Driver.REMOTE, Driver.BUILDKITD)
                        .map(Builder::of),
                Stream.of(Driver.DOCKER, Driver.DOCKER_CONTAINER).map(Builder::withOldBuildx));
    }

    /** The drivers that differ in where images are kept. */
    static Stream<Builder> withEngines() {
        return Stream.of(Driver.DOCKER, Driver.DOCKER_CONTAINER).map(Builder::of);
    }

    Driver driver() {
        return driver;
    }

    /** Its name; it exists from now on. */
    String name() throws IOException, InterruptedException {
        make();
        return name;
    }

    CommandLine commandLine() {
        return commandLine;
    }

    /** The command line with another buildx. */
    CommandLine through(Path buildx) {
        return commandLine.with("BUILDKIT_CI_BUILDX", buildx.toString());
    }

    /** Where tests put their build contexts. */
    Path folder() {
        return commandLine.folder().resolve("work");
    }

    /** A directory to build in, with this Dockerfile; {@code BASE} stands for the testbed's base image. */
    Path context(String dockerfile) throws IOException {
        Path directory = Files.createDirectories(folder().resolve("context-" + CommandLine.fresh()));
        Files.writeString(directory.resolve("Dockerfile"), dockerfile.replace("FROM BASE", "FROM " + TESTBED.base()));
        return directory;
    }

    /** Where the image of a test goes. */
    static String image(String test) {
        return TESTBED.registry() + "/its/" + test + ":" + CommandLine.fresh();
    }

    Said build(Path context, String... arguments) throws IOException, InterruptedException {
        return build(commandLine, context, arguments);
    }

    Said build(CommandLine through, Path context, String... arguments) throws IOException, InterruptedException {
        return through.run(arguments(context, arguments));
    }

    Running startBuild(CommandLine through, Path context, String... arguments)
            throws IOException, InterruptedException {
        return through.start(arguments(context, arguments));
    }

    String[] arguments(Path context, String... arguments) throws IOException, InterruptedException {
        return Stream.concat(
                        Stream.of("build-push", "--builder", name()),
                        Stream.concat(Stream.of(arguments), Stream.of(context.toString())))
                .toArray(String[]::new);
    }

    /** A new one in its place, which remembers nothing. */
    void renew() throws IOException, InterruptedException {
        remove();
        make();
    }

    /** Removes all that it keeps. */
    void forget() throws IOException, InterruptedException {
        Said pruned = driver == Driver.BUILDKITD
                ? buildctl("prune", "--all")
                : commandLine.buildx("prune", "--builder", name(), "--all", "--force");
        assertThat(pruned.exit()).as(pruned.toString()).isZero();
    }

    private Said buildctl(String... arguments) throws IOException, InterruptedException {
        Path socket = commandLine.folder().resolve("home/buildkit-ci/builders/" + name() + "/buildkitd.sock");
        return commandLine.program(
                Path.of(commandLine.environment().getOrDefault("BUILDKIT_CI_BUILDKIT", ""), "buildctl"),
                Stream.concat(Stream.of("--addr", "unix://" + socket), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private void make() throws IOException, InterruptedException {
        if (made || driver == Driver.DOCKER) {
            return;
        }
        List<String> create = new ArrayList<>(List.of("create-builder", "--name", name, "--driver", driver.render()));
        create.addAll(definition);
        Said said = commandLine.run(create.toArray(String[]::new));
        assertThat(said.exit()).as(said.toString()).isZero();
        made = true;
    }

    /** What a builder of a driver needs on the testbed. */
    static List<String> definition(Driver driver) {
        return switch (driver) {
            case REMOTE -> List.of("--endpoint", TESTBED.buildkitAddress());
            case BUILDKITD ->
                List.of("--buildkitd-config", TESTBED.buildkitdConfig().toString());
            case DOCKER_CONTAINER ->
                List.of(
                        "--driver-opts",
                        "image=" + TESTBED.buildkitImage(),
                        "--driver-opts",
                        "network=host",
                        "--buildkitd-config",
                        TESTBED.buildkitdConfig().toString());
            default -> List.of();
        };
    }

    private void remove() throws IOException, InterruptedException {
        if (!made) {
            return;
        }
        made = false;
        Said said = commandLine.run("remove-builder", "--name", name);
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(leftInEngine()).isEmpty();
    }

    private List<String> leftInEngine() throws IOException, InterruptedException {
        if (driver == Driver.BUILDKITD) {
            return List.of();
        }
        List<String> left = new ArrayList<>(commandLine
                .docker("container", "ls", "--all", "--format", "{{.Names}}")
                .lines());
        left.addAll(commandLine.docker("volume", "ls", "--format", "{{.Name}}").lines());
        left.removeIf(entry -> !entry.contains(name));
        return left;
    }

    @Override
    public void close() throws IOException {
        try {
            remove();
            assertThat(leftFiles()).as("private files of runs that have ended").isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while builder " + name + " was removed", e);
        } finally {
            delete(commandLine.folder());
        }
    }

    private List<Path> leftFiles() throws IOException {
        try (Stream<Path> left = Files.list(commandLine.temporary())) {
            return left.filter(path -> path.getFileName().toString().startsWith("buildkit-ci"))
                    .toList();
        }
    }

    /** Whoever was told to end a moment ago may still write there, or remove what is his. */
    static void delete(Path folder) throws IOException {
        HostFiles files = new LocalFiles();
        for (int tries = 0; ; tries++) {
            try {
                files.remove(folder);
                return;
            } catch (DirectoryNotEmptyException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return label;
    }
}
