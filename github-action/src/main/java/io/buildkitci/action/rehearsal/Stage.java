package io.buildkitci.action.rehearsal;

import io.buildkitci.action.host.Host;
import io.buildkitci.action.host.Terminal;
import io.buildkitci.build.Tools;
import io.buildkitci.docker.CliDockerEngine;
import io.buildkitci.local.LocalWorkspaces;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where one step is gone through: a directory with a build context, a Docker configuration with one builder, and a buildx
 * that replays.
 */
public final class Stage {
    /** The builder that there is; its driver is docker-container. */
    public static final String BUILDER = ReplayedBuildx.BUILDER;

    private final Path directory;
    private final Host real;

    private Stage(Path directory, Host real) {
        this.directory = directory;
        this.real = real;
    }

    /** @param directory empty, and removed by whoever made it */
    static Stage in(Path directory, Host real) throws IOException {
        Stage stage = new Stage(directory, real);
        Files.createDirectory(stage.context());
        Files.writeString(stage.context().resolve("Dockerfile"), "FROM scratch\n");
        Path builders = Files.createDirectories(stage.configuration().resolve("instances"));
        Files.writeString(builders.resolve(BUILDER), ReplayedBuildx.STORED);
        return stage;
    }

    /** What can be built: a directory with a Dockerfile. */
    public Path context() {
        return directory.resolve("context");
    }

    /** A file or directory for what a step writes; it is not there yet. */
    public Path place(String name) {
        return directory.resolve(name);
    }

    /** @param environment what the step wants to find in it; nothing else of this process' own is */
    public Host host(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("DOCKER_CONFIG", configuration().toString());
        all.put("BUILDX_CONFIG", configuration().toString());
        all.put("BUILDKIT_CI_BUILDX", program().toString());
        return new Host(all, nowhere(), nowhere(), Terminal.LOG, tools(), real.installs(), real.version());
    }

    private Path configuration() {
        return directory.resolve("configuration");
    }

    /** Something that may be executed and is not: what it would say is replayed. */
    private static Path program() {
        Path java = Rehearsal.java();
        return Files.isExecutable(java) ? java : java.resolveSibling("java.exe");
    }

    private Tools tools() {
        Tools tools = real.tools();
        ReplayedBuildx buildx = new ReplayedBuildx();
        return new Tools(
                tools.platform(),
                buildx,
                tools.files(),
                new LocalWorkspaces(directory),
                new CliDockerEngine(buildx, List.of("docker")),
                tools.reachability(),
                tools.clock());
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    }
}
