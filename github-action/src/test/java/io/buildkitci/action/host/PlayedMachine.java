package io.buildkitci.action.host;

import io.buildkitci.action.cli.CommandLineHost;
import io.buildkitci.build.Tools;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.install.Installer;
import io.buildkitci.model.Platform;
import io.buildkitci.process.Command;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryBinaries;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.InMemoryWorkspaces;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.PlayedWeb;
import io.buildkitci.process.Reachability;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A machine with a checkout, an engine and a buildx that are all played; every call of the command line starts anew. */
public final class PlayedMachine {
    public static final String BUILDX = "/bin/docker-buildx";
    public static final String DIGEST = "sha256:" + "d".repeat(64);

    public final InMemoryFiles files = new InMemoryFiles()
            .withDirectory(".")
            .with("./Dockerfile", "FROM scratch\n")
            .with("app/Dockerfile", "FROM scratch\n")
            .withExecutable(BUILDX);
    public final PlayedWeb web = new PlayedWeb();
    public final FakeProcessRunner runner = new FakeProcessRunner();
    public DockerEngine engine = FakeDockerEngine.onLinux();

    /** Whether somebody listens at every address, or nobody at any. */
    public boolean listening;

    private final Map<String, String> environment = new TreeMap<>(Map.of("BUILDKIT_CI_BUILDX", BUILDX));

    /** What a call said and its exit code. */
    public record Said(int exit, String out, String err) {}

    public PlayedMachine() {
        runner.on(BUILDX, "version").out("github.com/docker/buildx v0.36.1 0123456");
        runner.on(BUILDX, "inspect")
                .out(
                        "Name:   default",
                        "Driver: docker",
                        "",
                        "Nodes:",
                        "Name:             default",
                        "Endpoint:         default",
                        "Status:           running",
                        "BuildKit version: v0.25.1",
                        "Platforms:        linux/amd64, linux/386, linux/arm64",
                        "Labels:",
                        " org.mobyproject.buildkit.worker.containerd.namespace: moby",
                        " org.mobyproject.buildkit.worker.snapshotter:          overlayfs");
        runner.on(BUILDX, "build").run((command, output) -> {
            Path metadata = Path.of(after(command, "--metadata-file"));
            files.with(metadata.toString(), "{\"containerimage.digest\":\"" + DIGEST + "\"}");
            return new Outcome.Exited(0);
        });
    }

    public PlayedMachine with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public PlayedMachine without(String variable) {
        environment.remove(variable);
        return this;
    }

    public PlayedMachine config(String yaml) {
        files.with("ci.yaml", yaml);
        return this;
    }

    /** buildx says this on standard error and ends with status 1. */
    public PlayedMachine failing(String... lines) {
        runner.on(BUILDX, "build").err(lines).exit(1);
        return this;
    }

    public Said run(String... arguments) throws InterruptedException {
        return run(List.of(arguments));
    }

    public Said run(List<String> arguments) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit;
        try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            exit = CommandLineHost.run(arguments, host(outStream, errStream));
        }
        return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    public Host host(PrintStream out, PrintStream err) {
        Tools tools = new Tools(
                new Platform("linux", "amd64", ""),
                runner,
                files,
                new InMemoryWorkspaces(files),
                engine,
                new Network(listening),
                InstantSource.fixed(Instant.EPOCH));
        Installer.Ports installs = new Installer.Ports(web, new InMemoryBinaries(files), files, tools.clock());
        return new Host(environment, out, err, Terminal.LOG, tools, installs, "1.2.3");
    }

    /** The command lines of the builds that were run. */
    public List<Command> builds() {
        return runner.commands().stream()
                .filter(command -> command.argv().contains("build"))
                .toList();
    }

    private static String after(Command command, String flag) {
        return command.argv().get(command.argv().indexOf(flag) + 1);
    }

    /** A network in which everybody answers, or nobody. */
    private record Network(boolean listening) implements Reachability {
        @Override
        public Optional<Refusal> tcp(String host, int port, Tls tls, Duration limit) {
            return listening ? Optional.empty() : Optional.of(Refusal.nobody("connection refused"));
        }

        @Override
        public Optional<String> unix(Path socket) {
            return listening ? Optional.empty() : Optional.of("no such file");
        }
    }
}
