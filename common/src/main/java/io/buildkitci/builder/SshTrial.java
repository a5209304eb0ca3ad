package io.buildkitci.builder;

import io.buildkitci.process.Command;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Goes the way that clients go to a daemon behind ssh, once and without questions. ssh itself is asked, for its
 * configuration may give the host another address, or a way through others.
 */
final class SshTrial {
    /** With more time than the connection has, for what comes after it. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** What ssh ends with when it is not the far side that ended (ssh(1), EXIT STATUS), and a shell without the program. */
    private static final int SSH_ITSELF = 255;

    private static final int NO_PROGRAM = 127;

    private static final Pattern NOBODY = Pattern.compile(
            "refused|timed out|Could not resolve hostname|No route to host|unreachable", Pattern.CASE_INSENSITIVE);
    private static final Pattern NOT_LET_IN =
            Pattern.compile("Permission denied|Host key verification failed|Too many authentication failures");
    private static final Pattern NO_DAEMON = Pattern.compile("^error: dial \\S+ .*");

    private final ProcessRunner runner;
    private final Map<String, String> environment;

    SshTrial(ProcessRunner runner, Map<String, String> environment) {
        this.runner = runner;
        this.environment = environment;
    }

    /** Empty when somebody answers, or when only a client can tell. */
    Optional<BuilderFailure> of(RemoteEndpoint.Ssh ssh, String url) throws InterruptedException {
        List<String> far = new ArrayList<>(List.of("-T"));
        if (!ssh.user().isEmpty()) {
            far.addAll(List.of("-l", ssh.user()));
        }
        ssh.port().ifPresent(port -> far.addAll(List.of("-p", Integer.toString(port))));
        far.addAll(List.of("--", ssh.host()));
        List<String> argv = new ArrayList<>(
                List.of("ssh", "-o", "BatchMode=yes", "-o", "ConnectTimeout=" + AddressTrial.LIMIT.toSeconds()));
        argv.addAll(far);
        argv.add("buildctl");
        if (!ssh.socket().isEmpty()) {
            argv.addAll(List.of("--addr", "unix://" + ssh.socket()));
        }
        argv.add("dial-stdio"); // ends with its input, which is empty
        Captured said =
                runner.capture(Command.of(argv).withEnvironment(environment).within(LIMIT));
        if (said.outcome() instanceof Outcome.NotStarted notStarted) {
            return Optional.of(AddressTrial.nobody(
                    url,
                    notStarted.reason(),
                    "install ssh, which goes there, or give an address of tcp:// or unix://"));
        }
        if (!(said.outcome() instanceof Outcome.Exited exited)) {
            return Optional.empty();
        }
        return switch (exited.status()) {
            case 0 -> Optional.empty();
            case SSH_ITSELF ->
                last(said, NOBODY)
                        .map(why -> AddressTrial.nobody(url, why))
                        .or(() -> last(said, NOT_LET_IN).map(why -> notLetIn(url, why, far)));
            case NO_PROGRAM ->
                Optional.of(AddressTrial.nobody(
                        url,
                        "there is no program buildctl on " + ssh.host(),
                        "put buildctl where " + ssh.host() + " looks for programs of a login by ssh"));
            default -> last(said, NO_DAEMON).map(why -> AddressTrial.nobody(url, "on " + ssh.host() + ", " + why));
        };
    }

    private static Optional<String> last(Captured said, Pattern pattern) {
        return said.err()
                .lines()
                .map(String::strip)
                .filter(line -> pattern.matcher(line).find())
                .reduce((first, last) -> last);
    }

    private static BuilderFailure notLetIn(String url, String why, List<String> far) {
        return AddressTrial.nobody(
                url,
                why,
                "let ssh in without a question: with a key that is in an agent or has no passphrase, and the host's own key in"
                        + " known_hosts; try it with: ssh -o BatchMode=yes " + String.join(" ", far) + " true");
    }
}
