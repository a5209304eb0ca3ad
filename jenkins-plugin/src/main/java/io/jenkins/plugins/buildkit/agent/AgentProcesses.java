package io.jenkins.plugins.buildkit.agent;

import hudson.Proc;
import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.StartRefusal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs programs on the agent, two round trips each. Two things are as Jenkins has them and not as {@link ProcessRunner}
 * wants them: a variable with an empty value is not set at all, and what a program leaves behind holding its streams is
 * waited for up to twenty seconds.
 */
final class AgentProcesses implements ProcessRunner {
    /** The variable by which a program and all it starts are found again, in whatever container they run. */
    static final String COOKIE = "BUILDKIT_CI_PROCESS";

    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Launching launching;
    private final Reach reach;
    private final Answers answers;
    private final Duration grace;

    AgentProcesses(Launching launching, Reach reach, Answers answers) {
        this(launching, reach, answers, GRACE);
    }

    /** @param grace how long a program that was asked to end may take before it is killed */
    AgentProcesses(Launching launching, Reach reach, Answers answers, Duration grace) {
        this.launching = launching;
        this.reach = reach;
        this.answers = answers;
        this.grace = grace;
    }

    @Override
    public Outcome run(Command command, LineListener output) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Optional<String> refused = StartRefusal.before(command);
        if (refused.isPresent()) {
            return new Outcome.NotStarted(refused.get());
        }
        boolean onlyAsks = onlyAsks(command.argv());
        if (!onlyAsks) {
            answers.forget();
        }
        try {
            return start(command, output);
        } finally {
            if (!onlyAsks) {
                answers.forget();
            }
        }
    }

    private Outcome start(Command command, LineListener output) throws InterruptedException {
        String cookie = UUID.randomUUID().toString();
        Ending ending = new Ending(launching, cookie);
        Map<String, String> variables = new HashMap<>(command.environment());
        variables.put(COOKIE, cookie);
        RunningProcess running = new RunningProcess(command, output, ending);
        Proc process;
        try {
            process = launching.start(
                    command.argv(), variables, command.directory().orElse(""), running.streams());
        } catch (InterruptedIOException e) {
            ending.end(Duration.ZERO, Optional.empty());
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException e) {
            return new Outcome.NotStarted(reason(command, e));
        }
        return running.toEnd(process, grace);
    }

    private String reason(Command command, IOException refusal) {
        if (AgentGone.isMeantBy(refusal)) {
            throw new AgentGone(refusal);
        }
        String program = command.argv().get(0);
        String directory = command.directory().orElse("");
        String said = String.valueOf(refusal.getMessage());
        if (!directory.isEmpty() && !reach.look(directory, new FileWork.Is(FileWork.Test.DIRECTORY))) {
            return program + ": its working directory " + directory + " does not exist";
        }
        boolean there = StartRefusal.saysMissing(said)
                && !StartRefusal.isLookedUp(program)
                && reach.look(program, new FileWork.Exists());
        return StartRefusal.reason(command, said, there);
    }

    /** Commands of the engine's clients that change no file that anybody asks for. */
    static boolean onlyAsks(List<String> argv) {
        boolean boots = argv.contains("--bootstrap");
        return !boots && (argv.contains("inspect") || argv.get(argv.size() - 1).equals("version"));
    }
}
