package io.buildkitci.builder;

import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs the {@code docker} program, where there is one, about the engines that builders' nodes are on. */
final class DockerCli {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final ProcessRunner runner;
    private final Clients clients;

    DockerCli(ProcessRunner runner, Clients clients) {
        this.runner = runner;
        this.clients = clients;
    }

    boolean isThere() {
        return clients.docker().isPresent();
    }

    /** Asks the program itself. */
    Captured run(List<String> arguments) throws InterruptedException {
        return runner.capture(command("", arguments));
    }

    /** @param endpoint of a node: a Docker context or an address; empty text for the engine of this environment */
    Captured on(String endpoint, List<String> arguments) throws InterruptedException {
        return runner.capture(command(endpoint, arguments));
    }

    Outcome on(String endpoint, List<String> arguments, LineListener listener) throws InterruptedException {
        return runner.run(command(endpoint, arguments), listener);
    }

    private Command command(String endpoint, List<String> arguments) {
        List<String> argv = new ArrayList<>(clients.docker().orElseThrow());
        Optional.of(endpoint)
                .filter(e -> !e.isEmpty())
                .ifPresent(e -> argv.addAll(List.of(e.contains("://") ? "--host" : "--context", e)));
        argv.addAll(arguments);
        return Command.of(argv).withEnvironment(clients.environment()).within(LIMIT);
    }
}
