package io.buildkitci.builder;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.process.Command;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the engine for the container of a daemon, by the docker that clients go through as well. */
final class ContainerTrial {
    private static final Duration PROMPTLY = Duration.ofSeconds(20);
    private static final String NO_CONTAINER = "No such container";

    private final ProcessRunner runner;
    private final Map<String, String> environment;

    ContainerTrial(ProcessRunner runner, Map<String, String> environment) {
        this.runner = runner;
        this.environment = environment;
    }

    /** Empty when it runs, or when only a client can tell. */
    Optional<BuilderFailure> of(RemoteEndpoint.Container container, String url) throws InterruptedException {
        String name = container.name();
        List<String> argv = List.of("docker", "container", "inspect", "--format", "{{.State.Running}}", name);
        Captured said =
                runner.capture(Command.of(argv).withEnvironment(environment).within(PROMPTLY));
        if (said.outcome() instanceof Outcome.NotStarted notStarted) {
            return Optional.of(
                    AddressTrial.nobody(
                            url,
                            notStarted.reason(),
                            "install docker's command line, which goes there, or give an address of tcp://, unix:// or ssh://"));
        }
        if (said.succeeded()) {
            return said.out().strip().equals("false")
                    ? Optional.of(AddressTrial.nobody(
                            url, "the container " + name + " does not run", "start it: docker start " + name))
                    : Optional.empty();
        }
        if (said.err().contains(NO_CONTAINER)) {
            return Optional.of(AddressTrial.nobody(
                    url,
                    "there is no container " + name,
                    "start buildkitd in a container of that name, on the engine that docker talks to here, or correct the"
                            + " name"));
        }
        BuilderFailure other = BuilderFailure.of(
                Reason.UNREACHABLE,
                "no buildkitd can be reached at " + url,
                said.err().strip());
        return Optional.of(other).filter(failure -> failure.reason() == Reason.NO_ENGINE);
    }
}
