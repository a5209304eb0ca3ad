package io.buildkitci.action.github;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A buildx that keeps builders as the real one does, in files below {@code /buildx}: {@code create}, {@code inspect},
 * {@code use} and {@code rm}. Every builder is of driver docker-container, but for the engine's own, {@code default}.
 */
final class PlayedBuilders {
    private static final String BUILDX = PlayedMachine.BUILDX;

    private final PlayedMachine machine;
    private final Set<String> options = new TreeSet<>();
    private String platforms = "linux/amd64, linux/386";
    Runnable beforeCreate = () -> {};
    List<String> boot = List.of("#1 booting buildkit", "#1 DONE 0.1s");
    boolean boots = true;

    PlayedBuilders(PlayedMachine machine) {
        this.machine = machine;
        machine.with("BUILDX_CONFIG", "/buildx");
        calledAs(BUILDX);
    }

    /** Another program that is buildx, too. */
    PlayedBuilders calledAs(String program) {
        machine.runner.on(program, "create").run(this::create);
        machine.runner.on(program, "inspect").run(this::inspect);
        machine.runner.on(program, "use").run((command, output) -> use(last(command)));
        machine.runner.on(program, "rm").run((command, output) -> remove(last(command), output));
        return this;
    }

    /** A builder that is there before the step. */
    PlayedBuilders with(String name) {
        keep(name);
        return this;
    }

    /** What its only node says that it can run, the own platform first. */
    PlayedBuilders running(String... nodePlatforms) {
        platforms = String.join(", ", nodePlatforms);
        return this;
    }

    /** Calls of buildx but those that only look. */
    List<String> changes() {
        return machine.runner.commands().stream()
                .filter(command -> command.argv().get(0).equals(BUILDX))
                .map(command -> String.join(
                        " ", command.argv().subList(1, command.argv().size())))
                .filter(line -> !line.startsWith("inspect") && !line.equals("version"))
                .toList();
    }

    boolean has(String name) {
        return machine.files.read(Path.of("/buildx/instances/" + name)).isPresent();
    }

    private Outcome create(Command command, LineListener output) {
        beforeCreate.run();
        List<String> argv = command.argv();
        for (int i = 0; i < argv.size(); i++) {
            if (argv.get(i).equals("--driver-opt")) {
                String option = argv.get(i + 1);
                options.add(option.replaceFirst("=(.*)", "=\"$1\""));
            }
        }
        String name = argv.get(argv.indexOf("--name") + 1);
        if (!command.environment().containsKey("BUILDX_CONFIG")) {
            keep(name);
        }
        output.line(Stream.OUT, name);
        return new Outcome.Exited(0);
    }

    private void keep(String name) {
        machine.files.with(
                "/buildx/instances/" + name,
                "{\"Name\":\"" + name + "\",\"Driver\":\"docker-container\",\"Nodes\":[{\"Name\":\"" + name
                        + "0\",\"Endpoint\":\"unix:///var/run/docker.sock\"}]}");
    }

    private Outcome use(String name) {
        String current =
                "{\"Key\":\"unix:///var/run/docker.sock\",\"Name\":\"" + (name.equals("default") ? "" : name) + "\"}";
        machine.files.with("/buildx/current", current);
        return new Outcome.Exited(0);
    }

    private Outcome remove(String name, LineListener output) {
        if (!has(name)) {
            output.line(Stream.ERR, "ERROR: no builder \"" + name + "\" found");
            return new Outcome.Exited(1);
        }
        machine.files.remove(Path.of("/buildx/instances/" + name));
        return new Outcome.Exited(0);
    }

    private Outcome inspect(Command command, LineListener output) {
        String name = command.argv().size() > 2 ? last(command) : "default";
        if (command.argv().contains("--bootstrap")) {
            boot.forEach(line -> output.line(Stream.ERR, line));
        }
        boolean engine = name.equals("default");
        boolean aside = command.environment().containsKey("BUILDX_CONFIG");
        if (!engine && !aside && !has(name)) {
            output.line(Stream.ERR, "ERROR: no builder \"" + name + "\" found");
            return new Outcome.Exited(1);
        }
        if (!boots && command.argv().contains("--bootstrap")) {
            return new Outcome.Exited(1);
        }
        List<String> said = new ArrayList<>(List.of(
                "Name:          " + name,
                "Driver:        " + (engine ? "docker" : "docker-container"),
                "",
                "Nodes:",
                "Name:                  " + name + (engine ? "" : "0"),
                "Endpoint:              " + (engine ? "default" : "unix:///var/run/docker.sock")));
        if (!engine && !options.isEmpty()) {
            said.add("Driver Options:        " + String.join(" ", options));
        }
        said.addAll(List.of(
                "Status:                running",
                "BuildKit daemon flags: --debug",
                "BuildKit version:      v0.25.1",
                "Platforms:             " + platforms));
        said.forEach(line -> output.line(Stream.OUT, line));
        return new Outcome.Exited(0);
    }

    private static String last(Command command) {
        return command.argv().get(command.argv().size() - 1);
    }
}
