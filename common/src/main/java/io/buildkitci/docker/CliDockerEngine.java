package io.buildkitci.docker;

import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The engine that the docker command line reaches, with its contexts, TLS and credentials. */
public final class CliDockerEngine implements DockerEngine {
    /** An engine behind ssh or a sleeping Docker Desktop takes seconds; a dead address must not take for ever. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

    private static final Duration RUNS_WITHIN = Duration.ofMinutes(10);

    /** The command line's own status for "the container was not run". */
    private static final int NOT_RUN = 125;

    private final ProcessRunner processes;
    private final List<String> docker;

    /** @param docker how the command line is called: its path, followed by global options such as {@code --context} */
    public CliDockerEngine(ProcessRunner processes, List<String> docker) {
        this.processes = processes;
        this.docker = List.copyOf(docker);
    }

    @Override
    public Answer info() throws InterruptedException {
        Captured said = processes.capture(call("info", "--format", "{{json .}}").within(ANSWERS_WITHIN));
        if (said.outcome() instanceof Outcome.Exited) {
            return EngineInfo.parse(said.out(), said.err());
        }
        return new Unreachable(whyNot(said.outcome()));
    }

    @Override
    public Ran runPrivileged(String image, List<String> arguments) throws InterruptedException {
        List<String> argv = new ArrayList<>(List.of("run", "--rm", "--privileged", "--", image));
        argv.addAll(arguments);
        StringBuilder output = new StringBuilder();
        Outcome outcome = processes.run(
                call(argv.toArray(String[]::new)).within(RUNS_WITHIN),
                (Stream stream, String line) -> output.append(line).append('\n'));
        if (outcome instanceof Outcome.Exited exited) {
            return new Ran(Optional.of(exited.status()).filter(s -> s != NOT_RUN), output.toString());
        }
        return new Ran(Optional.empty(), output + whyNot(outcome) + "\n");
    }

    private Command call(String... arguments) {
        List<String> argv = new ArrayList<>(docker);
        argv.addAll(List.of(arguments));
        return Command.of(argv);
    }

    private String whyNot(Outcome outcome) {
        if (outcome instanceof Outcome.NotStarted notStarted) {
            return docker.get(0) + " could not be started: " + notStarted.reason();
        }
        if (outcome instanceof Outcome.TimedOut timedOut) {
            return docker.get(0) + " did not answer within " + timedOut.after().toSeconds() + " s";
        }
        throw new IllegalArgumentException(outcome.toString());
    }
}
