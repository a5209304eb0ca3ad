package io.buildkitci.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to run.
 *
 * @param argv program and arguments, never passed through a shell
 * @param environment variables set in addition to the caller's own; values can be secrets
 * @param directory working directory; empty means the caller's
 * @param timeout how long it may run; empty means for ever
 */
public record Command(
        List<String> argv, Map<String, String> environment, Optional<String> directory, Optional<Duration> timeout) {
    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("no program");
        }
    }

    public static Command of(String... argv) {
        return of(List.of(argv));
    }

    public static Command of(List<String> argv) {
        return new Command(argv, Map.of(), Optional.empty(), Optional.empty());
    }

    public Command withEnvironment(Map<String, String> variables) {
        return new Command(argv, variables, directory, timeout);
    }

    public Command within(Duration limit) {
        return new Command(argv, environment, directory, Optional.of(limit));
    }

    public Command in(String workingDirectory) {
        return new Command(argv, environment, Optional.of(workingDirectory), timeout);
    }

    /** Names of variables only: values can be secrets. */
    @Override
    public String toString() {
        return "Command[" + String.join(" ", argv) + ", environment=" + environment.keySet() + "]";
    }
}
