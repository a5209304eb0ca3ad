package io.buildkitci.builder;

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.process.ProcessRunner.Captured;
import io.buildkitci.process.Reachability;
import java.util.List;
import java.util.Optional;

/** Finds out at once that nobody is where a builder of driver remote is to be; buildx waits 20 s for them. */
final class EndpointTrial {
    private static final String NO_CONTAINER = "No such container";

    private final Reachability reachability;
    private final DockerCli docker;

    EndpointTrial(Reachability reachability, DockerCli docker) {
        this.reachability = reachability;
        this.docker = docker;
    }

    /** Of the first node that cannot be reached; empty when all can, or when only buildx can tell. */
    Optional<BuilderFailure> unreachable(BuilderSpec spec) throws InterruptedException {
        if (spec.driver() != Driver.REMOTE) {
            return Optional.empty();
        }
        for (NodeSpec node : spec.nodes()) {
            String endpoint = node.endpoint().orElse("");
            Optional<String> why = why(RemoteEndpoint.parse(endpoint));
            if (why.isPresent()) {
                String what = "no buildkitd can be reached at " + endpoint;
                return Optional.of(BuilderFailure.of(BuilderFailure.Reason.UNREACHABLE, what, why.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<String> why(RemoteEndpoint endpoint) throws InterruptedException {
        return endpoint instanceof RemoteEndpoint.Container container
                ? notRunning(container.name())
                : endpoint.whyUnreachable(reachability);
    }

    private Optional<String> notRunning(String name) throws InterruptedException {
        if (!docker.isThere()) {
            return Optional.empty();
        }
        Captured state = docker.run(List.of("container", "inspect", "--format", "{{.State.Running}}", name));
        if (!state.succeeded()) {
            return state.err().contains(NO_CONTAINER) ? Optional.of("there is no container " + name) : Optional.empty();
        }
        return state.out().strip().equals("false")
                ? Optional.of("the container " + name + " does not run")
                : Optional.empty();
    }
}
