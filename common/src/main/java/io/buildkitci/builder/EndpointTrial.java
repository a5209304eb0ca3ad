package io.buildkitci.builder;

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.model.Driver;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Reachability;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out at once that nobody is where a daemon is or is to be, whatever way leads there; clients wait 20 s for them. See
 * ADR 23.
 */
public final class EndpointTrial {
    private final ProcessRunner runner;
    private final Map<String, String> environment;
    private final Reachability reachability;

    /** @param environment variables for what is run, in addition to the process' own */
    public EndpointTrial(ProcessRunner runner, Map<String, String> environment, Reachability reachability) {
        this.runner = runner;
        this.environment = environment;
        this.reachability = reachability;
    }

    /** Of the first node that cannot be reached; empty when all can, or when only a client can tell. */
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

    /** Why nobody can be reached there; empty when somebody can, or when only a client can tell. */
    public Optional<BuilderFailure> of(DaemonAddress daemon) throws InterruptedException {
        RemoteEndpoint endpoint = RemoteEndpoint.parse(daemon.url());
        if (endpoint instanceof RemoteEndpoint.Ssh ssh) {
            return new SshTrial(runner, environment).of(ssh, daemon.url());
        }
        return endpoint instanceof RemoteEndpoint.Container container
                ? new ContainerTrial(runner, environment).of(container, daemon.url())
                : AddressTrial.of(daemon, reachability);
    }
}
