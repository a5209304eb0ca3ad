package io.buildkitci.process;

import io.buildkitci.process.Outcome.Exited;
import io.buildkitci.process.Outcome.NotStarted;
import io.buildkitci.process.Outcome.TimedOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * Plays programs. Answers are given by how a command line begins; of several that fit, the last one given counts, so a
 * test can override what its set-up said. What nobody has an answer for is not there.
 *
 * <pre>{@code
 * FakeProcessRunner runner = new FakeProcessRunner();
 * runner.on("docker", "buildx", "version").out("github.com/docker/buildx v0.36.1");
 * runner.on("docker", "info").err("Cannot connect to the Docker daemon").exit(1);
 * runner.on("docker", "buildx", "inspect").exit(1).then().out("Name: x");   // first call, then all others
 * runner.on("docker", "buildx", "build").hang();
 * }</pre>
 */
public final class FakeProcessRunner implements ProcessRunner {
    private record Rule(Predicate<Command> fits, Answer answer) {}

    private final List<Rule> rules = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final List<Command> unanswered = new ArrayList<>();

    /** The answer to commands that begin so: out and err empty, status 0, until it is told more. */
    public Answer on(String... argvStart) {
        List<String> start = List.of(argvStart);
        return when(command -> command.argv().size() >= start.size()
                && command.argv().subList(0, start.size()).equals(start));
    }

    public synchronized Answer when(Predicate<Command> fits) {
        Answer answer = new Answer();
        rules.add(0, new Rule(fits, answer));
        return answer;
    }

    /** Every command that was run, in order. */
    public synchronized List<Command> commands() {
        return List.copyOf(commands);
    }

    /** The command lines of {@link #commands}, each as one text with blanks between. */
    public List<String> commandLines() {
        return commands().stream().map(c -> String.join(" ", c.argv())).toList();
    }

    /** Commands that nobody had an answer for: mostly a test wants this to be empty. */
    public synchronized List<Command> unanswered() {
        return List.copyOf(unanswered);
    }

    @Override
    public Outcome run(Command command, LineListener output) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Optional<Program> program = next(command);
        return program.isPresent()
                ? program.get().run(command, output)
                : new NotStarted(command.argv().get(0) + ": the test has no answer to: " + command);
    }

    private synchronized Optional<Program> next(Command command) {
        commands.add(command);
        Optional<Program> program = rules.stream()
                .filter(rule -> rule.fits().test(command))
                .findFirst()
                .map(rule -> rule.answer().next());
        if (program.isEmpty()) {
            unanswered.add(command);
        }
        return program;
    }

    /** What a played program does; it can look at the command and write the files that the real one would. */
    @FunctionalInterface
    public interface Program {
        Outcome run(Command command, LineListener output) throws InterruptedException;
    }

    /** What is answered, call by call; the last one is answered again and again. */
    public static final class Answer {
        private final List<Step> steps = new ArrayList<>(List.of(new Step()));
        private int calls;

        /** Adds lines of standard output. */
        public Answer out(String... lines) {
            return say(LineListener.Stream.OUT, lines);
        }

        /** Adds lines of standard error. */
        public Answer err(String... lines) {
            return say(LineListener.Stream.ERR, lines);
        }

        public Answer exit(int status) {
            return end((command, output) -> new Exited(status));
        }

        /** It runs for ever: into the command's timeout, at once, or until the caller is interrupted. */
        public Answer hang() {
            return end((command, output) -> {
                if (command.timeout().isPresent()) {
                    return new TimedOut(command.timeout().get());
                }
                new CountDownLatch(1).await();
                throw new AssertionError("only an interrupt ends this");
            });
        }

        public Answer notStarted(String reason) {
            return end((command, output) -> new NotStarted(reason));
        }

        /** Does anything, after the lines given so far. */
        public Answer run(Program program) {
            return end(program);
        }

        /** What follows is answered to the next call and those after it. */
        public synchronized Answer then() {
            steps.add(new Step());
            return this;
        }

        private synchronized Answer say(LineListener.Stream stream, String... lines) {
            for (String line : lines) {
                last().said.add(new Said(stream, line));
            }
            return this;
        }

        private synchronized Answer end(Program program) {
            last().end = program;
            return this;
        }

        private Step last() {
            return steps.get(steps.size() - 1);
        }

        private synchronized Program next() {
            return steps.get(Math.min(calls++, steps.size() - 1));
        }
    }

    private record Said(LineListener.Stream stream, String line) {}

    private static final class Step implements Program {
        private final List<Said> said = new ArrayList<>();
        private Program end = (command, output) -> new Exited(0);

        @Override
        public Outcome run(Command command, LineListener output) throws InterruptedException {
            said.forEach(s -> output.line(s.stream(), s.line()));
            return end.run(command, output);
        }
    }
}
