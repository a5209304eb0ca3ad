package io.buildkitci.builder;

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.process.Command;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import io.buildkitci.process.Reachability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out at once that nobody is where a builder of driver remote is to be; buildx waits 20 s for them. */
final class EndpointTrial {
    private static final String NO_CONTAINER = "No such container";

    /** What ssh ends with when it is not the far side that ended (ssh(1), EXIT STATUS). */
    private static final int SSH_ITSELF = 255;

    /** With more time than the connection has, for what comes after it. */
    private static final Duration SSH_LIMIT = Duration.ofSeconds(20);

    /** That nobody is there. Who is not let in may be asked something when a client comes in earnest. */
    private static final Pattern NOBODY = Pattern.compile(
            "refused|timed out|Could not resolve hostname|No route to host|unreachable", Pattern.CASE_INSENSITIVE);

    private final ProcessRunner runner;
    private final Map<String, String> environment;
    private final Reachability reachability;
    private final DockerCli docker;

    EndpointTrial(ProcessRunner runner, Map<String, String> environment, Reachability reachability, DockerCli docker) {
        this.runner = runner;
        this.environment = environment;
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
        if (endpoint instanceof RemoteEndpoint.Ssh ssh) {
            return notConnected(ssh);
        }
        return endpoint instanceof RemoteEndpoint.Container container
                ? notRunning(container.name())
                : endpoint.whyUnreachable(reachability);
    }

    /** ssh itself is asked, for its configuration may give the host another address, or a way through others. */
    private Optional<String> notConnected(RemoteEndpoint.Ssh ssh) throws InterruptedException {
        List<String> argv = new ArrayList<>(List.of(
                "ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=" + RemoteEndpoint.LIMIT.toSeconds(), "-T"));
        if (!ssh.user().isEmpty()) {
            argv.addAll(List.of("-l", ssh.user()));
        }
        ssh.port().ifPresent(port -> argv.addAll(List.of("-p", Integer.toString(port))));
        argv.addAll(List.of("--", ssh.host(), "true"));
        Captured said =
                runner.capture(Command.of(argv).withEnvironment(environment).within(SSH_LIMIT));
        boolean itself = said.outcome().equals(new Outcome.Exited(SSH_ITSELF));
        return said.err()
                .lines()
                .filter(line -> itself && NOBODY.matcher(line).find())
                .map(String::strip)
                .reduce((first, last) -> last);
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
