package io.buildkitci.daemon;

import io.buildkitci.model.DaemonAddress;
import io.buildkitci.plan.Capabilities.NodeFacts;
import io.buildkitci.process.Command;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a daemon by {@code buildctl}. */
public final class Buildctl {
    private static final Duration PROMPTLY = Duration.ofSeconds(10);

    private final ProcessRunner runner;
    private final List<String> command;

    public Buildctl(ProcessRunner runner, List<String> command) {
        this.runner = runner;
        this.command = List.copyOf(command);
    }

    /** What the daemon says of itself; empty when it does not answer. */
    Optional<Workers> workers(DaemonAddress daemon) throws InterruptedException {
        Captured said = run(daemon, List.of("debug", "workers", "--format", "{{json .}}"));
        return said.succeeded() ? Workers.parse(said.out()) : Optional.empty();
    }

    /** The daemon as a node, as the plan wants it; empty when it does not answer. */
    public Optional<NodeFacts> facts(DaemonAddress daemon, String name) throws InterruptedException {
        return workers(daemon)
                .map(workers -> workers.node(name, daemon.url(), "").facts());
    }

    /** A blob that the daemon keeps; empty when it does not have it. */
    public Optional<String> blob(DaemonAddress daemon, String digest) throws InterruptedException {
        Captured said = run(daemon, List.of("debug", "get", digest));
        return said.succeeded() ? Optional.of(said.out()) : Optional.empty();
    }

    private Captured run(DaemonAddress daemon, List<String> arguments) throws InterruptedException {
        List<String> argv = new ArrayList<>(command);
        argv.addAll(daemon.flags());
        argv.addAll(arguments);
        return runner.capture(Command.of(argv).within(PROMPTLY));
    }
}
