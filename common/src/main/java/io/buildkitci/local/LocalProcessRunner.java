package io.buildkitci.local;

import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.OneAtATime;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.Outcome.Exited;
import io.buildkitci.process.Outcome.NotStarted;
import io.buildkitci.process.Outcome.TimedOut;
import io.buildkitci.process.ProcessRunner;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Runs programs on this machine. */
public final class LocalProcessRunner implements ProcessRunner {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Duration grace;
    private final Predicate<String> hidden;

    public LocalProcessRunner() {
        this(GRACE);
    }

    /** @param grace how long a program that was asked to end may take before it is killed */
    public LocalProcessRunner(Duration grace) {
        this(grace, name -> false);
    }

    private LocalProcessRunner(Duration grace, Predicate<String> hidden) {
        this.grace = grace;
        this.hidden = hidden;
    }

    /** The same for programs that do not inherit variables of these names, but for those that a command gives them. */
    public LocalProcessRunner hiding(Predicate<String> names) {
        return new LocalProcessRunner(grace, names);
    }

    @Override
    public Outcome run(Command command, LineListener output) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Optional<String> unusable = NotStartable.reasonBefore(command);
        if (unusable.isPresent()) {
            return new NotStarted(unusable.get());
        }
        try {
            return new Running(start(command), command, output).toEnd();
        } catch (IOException e) {
            return new NotStarted(NotStartable.reason(command, e));
        }
    }

    private Process start(Command command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.argv());
        builder.environment().keySet().removeIf(hidden);
        builder.environment().putAll(command.environment());
        command.directory().map(File::new).ifPresent(builder::directory);
        return builder.start();
    }

    /** One run of one program. */
    private final class Running {
        private final Process process;
        private final Command command;
        private final ProcessTree tree;
        private final OneAtATime listener;
        private final Drain out;
        private final Drain err;

        Running(Process process, Command command, LineListener output) {
            this.process = process;
            this.command = command;
            this.tree = new ProcessTree(process.toHandle());
            this.listener = new OneAtATime(output);
            String name = command.argv().get(0);
            this.out = new Drain(
                    name + " stdout", process.getInputStream(), line -> listener.line(Stream.OUT, line), tree::kill);
            this.err = new Drain(
                    name + " stderr", process.getErrorStream(), line -> listener.line(Stream.ERR, line), tree::kill);
        }

        Outcome toEnd() throws InterruptedException {
            try {
                out.start();
                err.start();
                close(process.getOutputStream());
                return awaitEnd();
            } catch (InterruptedException cancelled) {
                cancel();
                throw cancelled;
            } catch (RuntimeException | Error bug) {
                if (tree.end(Duration.ZERO)) {
                    Thread.currentThread().interrupt();
                }
                throw bug;
            } finally {
                listener.close();
                close(process.getInputStream());
                close(process.getErrorStream());
            }
        }

        private Outcome awaitEnd() throws InterruptedException {
            Outcome outcome = awaitExit();
            out.finish();
            err.finish();
            out.rethrow();
            err.rethrow();
            return outcome;
        }

        private Outcome awaitExit() throws InterruptedException {
            if (command.timeout().isEmpty()) {
                return new Exited(process.waitFor());
            }
            Duration limit = command.timeout().get();
            if (process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Exited(process.exitValue());
            }
            if (tree.end(grace)) {
                throw new InterruptedException();
            }
            return new TimedOut(limit);
        }

        /** Further interrupts only hurry it: the caller gets the one InterruptedException that is under way. */
        private void cancel() {
            tree.end(grace);
            try {
                out.finishSoon();
                err.finishSoon();
            } catch (InterruptedException hurry) {
                // what is left unread is lost
            }
        }

        private static void close(AutoCloseable stream) {
            try {
                stream.close();
            } catch (Exception e) {
                // nothing was written to it, or nobody will read from it
            }
        }
    }
}
