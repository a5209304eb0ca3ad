package io.buildkitci.builder;

import io.buildkitci.model.Version;
import io.buildkitci.plan.Capabilities.Buildx;
import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs buildx's commands about builders. */
public final class BuildxCli {
    /** For commands that answer from files or one round trip to an engine. */
    static final Duration PROMPTLY = Duration.ofSeconds(30);

    private final ProcessRunner runner;
    private final List<String> command;
    private final Map<String, String> environment;

    /**
     * @param command how buildx is called, as {@link BuildxFinder} found it
     * @param environment variables set in addition to the process' own
     */
    public BuildxCli(ProcessRunner runner, List<String> command, Map<String, String> environment) {
        this.runner = runner;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
    }

    /** The client's version, or why it cannot be used. */
    public sealed interface Answer {}

    /** A client that answered. */
    public record Usable(Buildx buildx) implements Answer {}

    /** A client that could not be called. */
    public record Unusable(BuilderFailure failure) implements Answer {}

    /** Asks {@code buildx version}. */
    public Answer version() throws InterruptedException {
        Captured said = run(PROMPTLY, List.of("version"));
        return said.succeeded()
                ? new Usable(new Buildx(command, version(said.out())))
                : new Unusable(BuilderFailure.of(said, BuilderFailure.Reason.NO_BUILDX, "buildx does not answer"));
    }

    /** The second word of {@code github.com/docker/buildx v0.36.1 <commit>}; empty for a build without a number. */
    static Optional<Version> version(String output) {
        String[] words = output.strip().split("\\s+", -1);
        return words.length < 2 ? Optional.empty() : Version.parse(words[1]);
    }

    Captured run(Duration limit, List<String> arguments) throws InterruptedException {
        return run(limit, arguments, (stream, line) -> {});
    }

    Captured run(Duration limit, List<String> arguments, LineListener listener) throws InterruptedException {
        List<String> argv = new ArrayList<>(command);
        argv.addAll(arguments);
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        Command buildx = Command.of(argv).withEnvironment(environment).within(limit);
        Outcome outcome = runner.run(buildx, (stream, line) -> {
            (stream == LineListener.Stream.OUT ? out : err).append(line).append('\n');
            listener.line(stream, line);
        });
        return new Captured(outcome, out.toString(), err.toString());
    }

    /** The same client with variables of its own. */
    BuildxCli with(Map<String, String> variables) {
        Map<String, String> merged = new HashMap<>(environment);
        merged.putAll(variables);
        return new BuildxCli(runner, command, merged);
    }
}
