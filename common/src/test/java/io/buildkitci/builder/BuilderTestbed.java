package io.buildkitci.builder;

import io.buildkitci.builder.ClientEnvironment.Os;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.local.LocalProcessRunner;
import io.buildkitci.local.LocalWorkspaces;
import io.buildkitci.local.SocketReachability;
import io.buildkitci.process.Command;
import io.buildkitci.process.ProcessRunner.Captured;
import io.buildkitci.testbed.Testbed;
import io.buildkitci.words.KnownWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Builders of the testbed's engine, with a configuration directory of the test's own. */
final class BuilderTestbed {
    static final Testbed PARTS = Testbed.here();

    final LocalProcessRunner runner = new LocalProcessRunner();
    final Map<String, String> environment;
    private final Path folder;
    private final List<String> buildx;

    BuilderTestbed(Path folder, String buildx) throws IOException {
        this(folder, buildx, Map.of("DOCKER_HOST", PARTS.dockerHost()));
    }

    /** @param engine variables that say which engine is talked to */
    BuilderTestbed(Path folder, String buildx, Map<String, String> engine) throws IOException {
        this.folder = folder;
        this.buildx = List.of(buildx);
        Path config = Files.createDirectories(folder.resolve("docker"));
        Files.createDirectories(folder.resolve("work"));
        Map<String, String> variables = new HashMap<>(engine);
        variables.put("DOCKER_CONFIG", config.toString());
        variables.put("BUILDX_CONFIG", config.resolve("buildx").toString());
        this.environment = Map.copyOf(variables);
    }

    /** Every buildx that there is to test with. */
    static Stream<String> buildxes() {
        return Stream.of(PARTS.buildx(), PARTS.oldBuildx()).map(Path::toString);
    }

    /** The same configuration with another buildx. */
    BuilderTestbed with(String otherBuildx) throws IOException {
        return new BuilderTestbed(folder, otherBuildx);
    }

    Builders builders() {
        Clients clients = new Clients(
                buildx, Optional.empty(), Optional.of(List.of(PARTS.dockerCli().toString())), environment);
        return new Builders(
                runner,
                clients,
                store(),
                new LocalWorkspaces(folder.resolve("work")),
                new SocketReachability(),
                KnownWords.KNOWN);
    }

    BuilderStore store() {
        return new BuilderStore(new LocalFiles(), ClientEnvironment.from(environment, folder, Os.LINUX));
    }

    BuilderProbe probe() {
        return new BuilderProbe(new BuildxCli(runner, buildx, environment));
    }

    Captured docker(String... arguments) throws InterruptedException {
        return runner.capture(
                Command.of(Stream.concat(Stream.of(PARTS.dockerCli().toString()), Stream.of(arguments))
                                .toList())
                        .withEnvironment(environment));
    }

    /** Everything in the engine and in the configuration that carries the name. */
    List<String> traces(String name) throws IOException, InterruptedException {
        Stream<String> engine = Stream.concat(
                docker("container", "ls", "--all", "--format", "container {{.Names}}")
                        .out()
                        .lines(),
                docker("volume", "ls", "--format", "volume {{.Name}}").out().lines());
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> paths =
                    files.filter(Files::isRegularFile).map(Path::toString).toList();
            return Stream.concat(engine, paths.stream())
                    .filter(t -> t.contains(name))
                    .toList();
        }
    }

    /** Whether any private directory is left. */
    boolean isTidy() throws IOException {
        try (Stream<Path> left = Files.list(folder.resolve("work"))) {
            return left.filter(Files::isDirectory).findAny().isEmpty();
        }
    }
}
