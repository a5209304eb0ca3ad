package io.jenkins.plugins.buildkit.agent;

import io.buildkitci.process.LineSplitter;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One stream of a process, cut into lines. It takes all that comes, whatever its listener does: who copies the stream on
 * the agent must not stop, or the process would wait for ever.
 */
final class Lines extends OutputStream {
    private final LineSplitter lines;
    private final Runnable whenListenerFails;
    private Optional<Throwable> failure = Optional.empty();
    private boolean closed;

    Lines(Consumer<String> listener, Runnable whenListenerFails) {
        this.lines = new LineSplitter(listener);
        this.whenListenerFails = whenListenerFails;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) {
        guarded(() -> lines.write(bytes, offset, count));
    }

    /** Tells a last line without end. */
    @Override
    public synchronized void close() {
        guarded(lines::close);
        closed = true;
    }

    private void guarded(Runnable work) {
        if (closed || failure.isPresent()) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e);
            whenListenerFails.run();
        }
    }

    /** Throws what the listener threw, if it did. */
    synchronized void rethrow() {
        if (failure.isPresent() && failure.get() instanceof Error error) {
            throw error;
        }
        if (failure.isPresent()) {
            throw (RuntimeException) failure.get();
        }
    }
}
