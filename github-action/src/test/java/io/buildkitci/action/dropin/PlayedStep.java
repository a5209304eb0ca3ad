package io.buildkitci.action.dropin;

import io.buildkitci.action.github.GitHubHost;
import io.buildkitci.action.host.Host;
import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.build.Tools;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.local.Unguessable;
import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Reachability;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row's step as ours does it, on a machine that is played. */
final class PlayedStep {
    private static final String BINFMT =
            "{\"supported\":[\"linux/amd64\",\"linux/arm64\",\"linux/arm\",\"linux/riscv64\","
                    + "\"linux/s390x\",\"linux/ppc64le\",\"linux/mips64le\",\"linux/loong64\",\"linux/386\"]}";

    private final PlayedMachine machine = new PlayedMachine();
    private final Row row;
    private final List<String> meaning = new ArrayList<>();
    private int nodes;

    private PlayedStep(Row row) {
        this.row = row;
    }

    /** What came of it: the exit code, the log, and what buildx, or the image that installs emulators, was called with. */
    record Done(int exit, String log, List<String> calls) {
        Done {
            calls = List.copyOf(calls);
        }
    }

    static Done run(String step, Row row) throws InterruptedException {
        PlayedStep played = new PlayedStep(row);
        played.environment(step);
        played.buildx(step);
        FakeDockerEngine engine = played.engine();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exit;
        try (PrintStream log = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            exit = GitHubHost.run("main", played.host(engine, log), Unguessable::bytes);
        }
        for (List<String> run : engine.runs()) {
            played.meaning.addAll(new Meaning(Meaning.Carried.NOTHING).of(run));
        }
        return new Done(
                exit,
                out.toString(StandardCharsets.UTF_8),
                played.meaning.stream().sorted().toList());
    }

    private void environment(String step) {
        row.job().environment().forEach(machine::with);
        ActionYml.of(step).variables(row.with()).forEach(machine::with);
        machine.files.with("/runner/event.json", row.job().event());
        machine.with("GITHUB_EVENT_PATH", "/runner/event.json");
        for (String name : List.of("output", "state", "step_summary")) {
            machine.files.with("/runner/" + name, "");
            machine.with("GITHUB_" + name.toUpperCase(java.util.Locale.ROOT), "/runner/" + name);
        }
        machine.files
                .with("./docker/prod.Dockerfile", "FROM scratch\n")
                .with("docker/prod.Dockerfile", "FROM scratch\n")
                .with("secret.txt", "# secret.txt\n")
                .with("./secret.txt", "# secret.txt\n")
                .with("kit.toml", "debug = true\n");
    }

    private void buildx(String step) {
        String buildx = PlayedMachine.BUILDX;
        machine.runner
                .on(buildx, "version")
                .out("github.com/docker/buildx " + row.job().buildx() + " 0123456");
        machine.runner.on(buildx, "inspect").run(this::inspected);
        if (!step.equals("create-builder")) {
            current(row.job().driver().equals("docker") ? "default" : "ci");
        }
        machine.runner.on(buildx, "build").run((command, output) -> told(command, ""));
        machine.runner.on(buildx, "create").run((command, output) -> created(command));
        machine.runner.on(buildx, "use").run((command, output) -> {
            meaning.add("--use");
            return new Outcome.Exited(0);
        });
    }

    /** What buildx keeps of the builder that {@code buildx use} selected; the engine's own is not kept. */
    private void current(String name) {
        machine.with("BUILDX_CONFIG", "/buildx");
        machine.runner.on(PlayedMachine.BUILDX, "inspect").out(row.job().builder(name));
        if (!name.equals("default")) {
            machine.files.with(
                    "/buildx/current", "{\"Key\":\"unix:///var/run/docker.sock\",\"Name\":\"" + name + "\"}");
            machine.files.with(
                    "/buildx/instances/" + name,
                    "{\"Name\":\"" + name + "\",\"Driver\":\"" + row.job().driver() + "\",\"Nodes\":[{\"Name\":\""
                            + name + "0\",\"Endpoint\":\"unix:///var/run/docker.sock\"}]}");
        }
    }

    private Outcome inspected(Command command, LineListener output) {
        String name = command.argv().get(command.argv().size() - 1);
        boolean there = command.argv().contains("--bootstrap") || nodes > 0;
        if (there) {
            List.of(row.job().builder(name)).forEach(line -> output.line(LineListener.Stream.OUT, line));
        } else {
            output.line(LineListener.Stream.ERR, "ERROR: no builder \"" + name + "\" found");
        }
        return new Outcome.Exited(there ? 0 : 1);
    }

    private Outcome created(Command command) {
        return told(command, ++nodes > 1 ? "node " + nodes + " " : "");
    }

    private Outcome told(Command command, String node) {
        List<String> arguments = command.argv().subList(2, command.argv().size());
        new Meaning(new Files(command)).of(arguments).forEach(flag -> meaning.add(node + flag));
        return new Outcome.Exited(0);
    }

    /** Values of secrets are in variables of the client; other files are on the machine while it runs. */
    private final class Files implements Meaning.Carried {
        private final Command command;

        Files(Command command) {
            this.command = command;
        }

        @Override
        public Optional<String> secret(Map<String, String> attributes) {
            return Optional.ofNullable(attributes.get("env"))
                    .filter(name ->
                            !machine.host(System.out, System.err).environment().containsKey(name))
                    .flatMap(name -> Optional.ofNullable(command.environment().get(name)));
        }

        @Override
        public Optional<String> file(String path) {
            return path.indexOf('\n') >= 0 ? Optional.empty() : machine.files.read(Path.of(path));
        }
    }

    private FakeDockerEngine engine() {
        FakeDockerEngine engine = FakeDockerEngine.onLinux();
        String image = row.with().getOrDefault("image", "docker.io/tonistiigi/binfmt:latest");
        return engine.withImage(image, arguments -> new DockerEngine.Ran(Optional.of(0), BINFMT));
    }

    private Host host(DockerEngine engine, PrintStream log) {
        Host host = machine.host(log, log);
        Tools tools = host.tools();
        Tools own = new Tools(
                tools.platform(),
                tools.processes(),
                tools.files(),
                tools.workspaces(),
                engine,
                new EverybodyListens(),
                tools.clock());
        return new Host(host.environment(), log, log, host.terminal(), own, host.installs(), host.version());
    }

    /** A network in which every address is somebody's. */
    private static final class EverybodyListens implements Reachability {
        @Override
        public Optional<Refusal> tcp(String host, int port, Tls tls, Duration limit) {
            return Optional.empty();
        }

        @Override
        public Optional<String> unix(Path socket) {
            return Optional.empty();
        }
    }
}
