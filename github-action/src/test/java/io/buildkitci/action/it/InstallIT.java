package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.install.Release;
import io.buildkitci.install.ReleaseServer;
import io.buildkitci.install.ReleaseServer.FallsSilent;
import io.buildkitci.install.Tool;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The testbed's own buildx, published by a server on this machine and got from there. */
class InstallIT {
    private static final Release RELEASE = new Release(Tool.BUILDX, "v9.9.9");
    private static final String FILE =
            RELEASE.file(new Platform("linux", "amd64", "")).orElseThrow();

    private final String name = "its-" + CommandLine.fresh();
    private final ReleaseServer server = new ReleaseServer();
    private final CommandLine commandLine;
    private final Path tools;

    InstallIT(@TempDir Path folder) throws IOException {
        this.tools = folder.resolve("tools");
        this.commandLine = CommandLine.in(folder, TESTBED.buildx()).with("RUNNER_TOOL_CACHE", tools.toString());
    }

    @BeforeEach
    void publish() throws IOException {
        byte[] buildx = Files.readAllBytes(TESTBED.buildx());
        server.list(Tool.BUILDX, "v9.9.8", "v9.9.9", "v9.10.0-rc1")
                .file(RELEASE, FILE, buildx)
                .sums(RELEASE, FILE, ReleaseServer.sha256(buildx));
    }

    @AfterEach
    void leavesNothing() throws Exception {
        server.close();
        commandLine.run("remove-builder", "--name", name);
    }

    private static String[] creating(String name, ReleaseServer server, String... more) {
        return Stream.of(
                        Stream.of("create-builder", "--name", name, "--driver", "remote"),
                        Builder.definition(Driver.REMOTE).stream(),
                        Stream.of("--install-from", server.address()),
                        Stream.of(more))
                .flatMap(all -> all)
                .toArray(String[]::new);
    }

    private Said create(String... more) throws Exception {
        return commandLine.run(creating(name, server, more));
    }

    private List<String> kept(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        return FilesBelow.of(folder).stream()
                .map(file -> folder.relativize(file).toString())
                .sorted()
                .toList();
    }

    @Test
    void theNewestReleaseIsGotAndMakesABuilderThatALaterStepBuildsWith() throws Exception {
        Said made = create("--version", "latest", "--json");
        assertThat(made.exit()).as(made.toString()).isZero();
        String program = made.json().path("buildx").asText();
        assertThat(program).isEqualTo(tools + "/buildkit-ci/buildx/v9.9.9-linux-amd64/docker-buildx");
        assertThat(commandLine.program(Path.of(program), "version").out()).contains("v0.36.1");

        Path context = Files.createDirectories(commandLine.folder().resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\nRUN echo " + name + "\n");
        Said built = commandLine
                .with("BUILDKIT_CI_BUILDX", program)
                .run("build-push", "--builder", name, "--plan", context.toString());

        assertThat(built.exit()).as(built.toString()).isZero();
        assertThat(built.json().at("/argv/0").asText()).isEqualTo(program);
    }

    @Test
    void whereThereIsNoneItBecomesAPluginOfDocker() throws Exception {
        CommandLine bare = commandLine.with("BUILDKIT_CI_BUILDX", "/nowhere/docker-buildx");

        Said made = bare.run(creating(name, server, "--version", "~9.9.0"));

        assertThat(made.exit()).as(made.toString()).isZero();
        Path plugin = commandLine.folder().resolve("docker/cli-plugins/docker-buildx");
        assertThat(made.err()).contains("fetching " + server.address(), "made it docker's plugin " + plugin);
        assertThat(commandLine.docker("buildx", "version").out()).contains("v0.36.1");
    }

    /** The archive of a release has buildkitd, buildctl and a runc of BuildKit's own. */
    @Test
    void whereThereIsNoBuildkitItIsGotAndADaemonOfItBuilds() throws Exception {
        Release release = new Release(Tool.BUILDKIT, "v9.9.9");
        String file = release.file(new Platform("linux", "amd64", "")).orElseThrow();
        byte[] archive = ReleaseServer.tarGz(Map.of(
                "bin/buildkitd", Files.readAllBytes(TESTBED.buildkitd()),
                "bin/buildctl", Files.readAllBytes(TESTBED.buildctl()),
                "bin/buildkit-runc", Files.readAllBytes(Machine.onPath("runc"))));
        server.list(Tool.BUILDKIT, "v9.9.9")
                .file(release, file, archive)
                .sums(release, file, ReleaseServer.sha256(archive));
        CommandLine bare = commandLine
                .with("BUILDKIT_CI_BUILDKIT", "")
                .with("BUILDKIT_CI_BUILDX", "/nowhere/docker-buildx")
                .with("DOCKER_HOST", "unix:///nowhere/docker.sock");
        Path context = Files.createDirectories(commandLine.folder().resolve("context"));
        Files.writeString(context.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\nRUN echo " + name + "\n");

        Said made = bare.run(
                "create-builder",
                "--name",
                name,
                "--driver",
                "buildkitd",
                "--install-from",
                server.address(),
                "--version",
                "latest",
                "--json");
        assertThat(made.exit()).as(made.toString()).isZero();
        CommandLine later =
                bare.with("BUILDKIT_CI_BUILDKIT", made.json().path("programs").asText());
        Said built = later.run("build-push", "--builder", name, "--json", context.toString());
        Said removed = later.run("remove-builder", "--name", name);

        assertThat(made.json().path("programs").asText())
                .isEqualTo(tools + "/buildkit-ci/buildkit/v9.9.9-linux-amd64/bin");
        assertThat(Reported.steps(built.built())).containsExactly(1, 0, 1);
        assertThat(removed.exit()).as(removed.toString()).isZero();
        Machine.awaitNone(tools.toString());
    }

    @Test
    void anInterruptedDownloadLeavesNothing() throws Exception {
        server.trouble(ReleaseServer.path(RELEASE, FILE), new FallsSilent());
        try (Running running = commandLine.start(creating(name, server, "--version", "9.9.9"))) {
            running.awaitErr("fetching ");
            Await.until("a part of it on disk", () -> !kept(tools).isEmpty());
            running.signal("INT");

            assertThat(running.end().exit()).isEqualTo(130);
        }
        assertThat(kept(tools)).isEmpty();
    }

    @Test
    void aFullDiskIsNamedAndLeavesNothing() throws Exception {
        try (SmallDisk small = SmallDisk.at(commandLine.folder().resolve("small"), "8m")) {
            Said full = commandLine
                    .with("RUNNER_TOOL_CACHE", small.directory().toString())
                    .run(creating(name, server, "--version", "9.9.9"));

            assertThat(full.exit()).as(full.toString()).isEqualTo(3);
            assertThat(full.err())
                    .contains("No space left on device", small.directory().toString(), "RUNNER_TOOL_CACHE");
            assertThat(kept(small.directory())).isEmpty();
        }
    }

    @Test
    void theChecksumThatCameWithTheJarIsNotOverruledByAMirror() throws Exception {
        Release known = Tool.BUILDX.tested();
        String file = known.file(new Platform("linux", "amd64", "")).orElseThrow();
        byte[] other = {1, 2, 3};
        server.file(known, file, other).sums(known, file, ReleaseServer.sha256(other));

        Said refused = commandLine
                .with("BUILDKIT_CI_BUILDX", "/nowhere/docker-buildx")
                .run(creating(name, server, "--version", known.version()));

        assertThat(refused.exit()).as(refused.toString()).isEqualTo(4);
        assertThat(refused.err()).contains("checksum", Release.pinned(file).orElseThrow());
        assertThat(kept(tools)).isEmpty();
    }
}
