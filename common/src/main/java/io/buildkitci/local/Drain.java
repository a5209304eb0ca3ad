package io.buildkitci.local;

import io.buildkitci.process.LineSplitter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one stream of a program on a thread of its own.
 *
 * <p>The stream ends when every process that holds it has closed it, which can be long after the program itself: when
 * told that the program has ended, it reads what is in the pipe by then, which is all that the program wrote, and stops.
 */
final class Drain {
    /** How long to wait for the end of a stream that somebody else still holds open. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final int CHUNK = 64 * 1024;

    private final InputStream stream;
    private final LineSplitter lines;
    private final Runnable whenListenerFails;
    private final Thread thread;

    private volatile boolean programEnded;
    /** When the read under way began, 0 while there is none. */
    private volatile long readingSince;

    private volatile Optional<Throwable> failure = Optional.empty();

    Drain(String name, InputStream stream, Consumer<String> lines, Runnable whenListenerFails) {
        this.stream = stream;
        this.lines = new LineSplitter(lines);
        this.whenListenerFails = whenListenerFails;
        this.thread = new Thread(this::drain, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void drain() {
        try {
            readAll();
            lines.close();
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e);
            whenListenerFails.run();
        }
    }

    private void readAll() {
        byte[] chunk = new byte[CHUNK];
        try {
            while (!programEnded) {
                int count = read(chunk, chunk.length);
                if (count < 0) {
                    return;
                }
                lines.write(chunk, 0, count);
            }
            readRest(chunk);
        } catch (IOException closed) {
            // given up by close(), or broken: what came until here counts
        }
    }

    /** Reads what the pipe holds now, and nothing that a process left behind adds to it meanwhile. */
    private void readRest(byte[] chunk) throws IOException {
        int rest = stream.available();
        while (rest > 0) {
            int count = read(chunk, Math.min(rest, chunk.length));
            if (count < 0) {
                return;
            }
            lines.write(chunk, 0, count);
            rest -= count;
        }
    }

    private int read(byte[] chunk, int limit) throws IOException {
        readingSince = System.nanoTime() | 1;
        try {
            return stream.read(chunk, 0, limit);
        } finally {
            readingSince = 0;
        }
    }

    /** Waits until everything the ended program wrote has been told, however slow the listener is. */
    void finish() throws InterruptedException {
        thread.join(LINGER.toMillis());
        programEnded = true;
        while (thread.isAlive() && !stuckInRead()) {
            thread.join(20);
        }
    }

    /** As {@link #finish}, for a cancelled run: does not wait for a listener that is stuck. */
    void finishSoon() throws InterruptedException {
        thread.join(LINGER.toMillis());
        programEnded = true;
        if (!stuckInRead()) {
            thread.join(LINGER.toMillis());
        }
    }

    private boolean stuckInRead() {
        long since = readingSince;
        return since != 0 && System.nanoTime() - since > LINGER.toNanos();
    }

    /** Throws what the listener threw, if it did. */
    void rethrow() {
        if (failure.isPresent()) {
            if (failure.get() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure.get();
        }
    }
}
