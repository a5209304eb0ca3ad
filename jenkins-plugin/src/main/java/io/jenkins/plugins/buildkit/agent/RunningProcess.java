package io.jenkins.plugins.buildkit.agent;

import hudson.Proc;
import io.buildkitci.process.Command;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.OneAtATime;
import io.buildkitci.process.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of one program on the agent. Its end is waited for by a thread of its own, since an interrupted {@link
 * Proc#join} kills at once what is to be asked first.
 */
final class RunningProcess {
    /** What Jenkins writes into the output of a process whose streams somebody else still holds. */
    private static final String LEAKED = "Process leaked file descriptors. See https://www.jenkins.io/";

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Command command;
    private final Ending ending;
    private final OneAtATime listener;
    private final Lines out;
    private final Lines err;
    /** Opens when the program has ended, or when somebody has to look after it. */
    private final CountDownLatch news = new CountDownLatch(1);

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Integer status;
    private volatile @Nullable Exception broken;

    RunningProcess(Command command, LineListener output, Ending ending) {
        this.command = command;
        this.ending = ending;
        this.listener = new OneAtATime(output);
        this.out = new Lines(this::tellOut, news::countDown);
        this.err = new Lines(line -> listener.line(Stream.ERR, line), news::countDown);
    }

    private void tellOut(String line) {
        if (!line.startsWith(LEAKED)) {
            listener.line(Stream.OUT, line);
        }
    }

    Launching.Streams streams() {
        return new Launching.Streams(out, err);
    }

    Outcome toEnd(Proc process, Duration grace) throws InterruptedException {
        Thread joining =
                new Thread(() -> join(process), "end of " + command.argv().get(0));
        joining.setDaemon(true);
        joining.start();
        try {
            return awaitEnd(process, grace);
        } catch (InterruptedException cancelled) {
            end(process, grace);
            throw cancelled;
        } finally {
            listener.close();
        }
    }

    private void join(Proc process) {
        try {
            status = process.join();
        } catch (IOException | InterruptedException | RuntimeException e) {
            broken = e;
        } finally {
            ended.countDown();
            news.countDown();
        }
    }

    private Outcome awaitEnd(Proc process, Duration grace) throws InterruptedException {
        if (!awaitNews()) {
            if (end(process, grace)) {
                throw new InterruptedException();
            }
            return new Outcome.TimedOut(command.timeout().orElseThrow());
        }
        if (ended.getCount() > 0) {
            boolean interrupted = end(process, Duration.ZERO);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        out.close();
        err.close();
        out.rethrow();
        err.rethrow();
        return outcome();
    }

    private Outcome outcome() {
        Integer exited = status;
        if (exited != null) {
            return new Outcome.Exited(exited);
        }
        Exception why = broken;
        throw new AgentGone(why instanceof IOException e ? e : new IOException("the process was lost", why));
    }

    private boolean awaitNews() throws InterruptedException {
        if (command.timeout().isEmpty()) {
            news.await();
            return true;
        }
        return news.await(command.timeout().get().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends it and tells its last words; returns whether it was interrupted meanwhile. */
    private boolean end(Proc process, Duration grace) {
        boolean interrupted = ending.end(grace, Optional.of(process));
        try {
            if (ended.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                out.close();
                err.close();
            }
        } catch (InterruptedException hurry) {
            return true;
        }
        return interrupted;
    }
}
