package io.buildkitci.docker;

import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.testbed.Testbed;
import java.io.BufferedReader;
import java.util.List;

/** The engine's contract with the testbed's real one. */
class DockerCliIT extends DockerEngineContract {
    private final Testbed testbed = Testbed.here();

    @Override
    protected DockerEngine engine() {
        return at(testbed.dockerHost());
    }

    @Override
    protected DockerEngine unreachable() {
        return at("tcp://127.0.0.1:1");
    }

    @Override
    protected String shell() {
        return testbed.base();
    }

    private DockerEngine at(String host) {
        return new CliDockerEngine(MERGED, List.of(testbed.dockerCli().toString(), "--host", host));
    }

    /** Enough for short outputs: standard output first, then standard error. */
    private static final ProcessRunner MERGED = (Command command, io.buildkitci.process.LineListener output) -> {
        try {
            Process process = new ProcessBuilder(command.argv()).start();
            try (BufferedReader out = process.inputReader();
                    BufferedReader err = process.errorReader()) {
                out.lines().forEach(line -> output.line(Stream.OUT, line));
                err.lines().forEach(line -> output.line(Stream.ERR, line));
            }
            return new Outcome.Exited(process.waitFor());
        } catch (java.io.IOException e) {
            return new Outcome.NotStarted(String.valueOf(e.getMessage()));
        }
    };
}
