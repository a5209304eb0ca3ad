package io.buildkitci.builder;

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.model.Driver;
import io.buildkitci.process.Command;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import io.buildkitci.process.Reachability;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out at once that nobody is where a builder of driver remote is or is to be; buildx waits 20 s for them. */
public final class EndpointTrial {
    private static final Duration PROMPTLY = Duration.ofSeconds(20);
    private static final String NO_CONTAINER = "No such container";

    private final ProcessRunner runner;
    private final Map<String, String> environment;
    private final Reachability reachability;

    /** @param environment variables for what is run, in addition to the process' own */
    public EndpointTrial(ProcessRunner runner, Map<String, String> environment, Reachability reachability) {
        this.runner = runner;
        this.environment = environment;
        this.reachability = reachability;
    }

    /** Of the first node that cannot be reached; empty when all can, or when only buildx can tell. */
    Optional<BuilderFailure> unreachable(BuilderSpec spec) throws InterruptedException {
        if (spec.driver() != Driver.REMOTE) {
            return Optional.empty();
        }
        for (NodeSpec node : spec.nodes()) {
            Optional<BuilderFailure> failure = of(node.address());
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    /** Why nobody can be reached there; empty when somebody can, or when only buildx can tell. */
    public Optional<BuilderFailure> of(DaemonAddress daemon) throws InterruptedException {
        RemoteEndpoint endpoint = RemoteEndpoint.parse(daemon.url());
        if (endpoint instanceof RemoteEndpoint.Ssh ssh) {
            return new SshTrial(runner, environment).of(ssh, daemon.url());
        }
        return endpoint instanceof RemoteEndpoint.Container container
                ? notRunning(container.name()).map(why -> AddressTrial.nobody(daemon.url(), why))
                : AddressTrial.of(daemon, reachability);
    }

    /** By the docker that buildx goes through as well; without one it says so itself. */
    private Optional<String> notRunning(String name) throws InterruptedException {
        List<String> argv = List.of("docker", "container", "inspect", "--format", "{{.State.Running}}", name);
        Captured state =
                runner.capture(Command.of(argv).withEnvironment(environment).within(PROMPTLY));
        if (!state.succeeded()) {
            return state.err().contains(NO_CONTAINER) ? Optional.of("there is no container " + name) : Optional.empty();
        }
        return state.out().strip().equals("false")
                ? Optional.of("the container " + name + " does not run")
                : Optional.empty();
    }
}
