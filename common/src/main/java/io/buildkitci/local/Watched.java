package io.buildkitci.local;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A stream of a network, closed when nothing comes for too long; reading then throws. Read by one thread. */
final class Watched extends FilterInputStream {
    private static final int LOOKS = 4;

    private final Duration limit;
    private final Executor later;
    private volatile boolean closed;
    private volatile boolean silent;

    /** Since when somebody waits for more; 0 while nobody does. */
    private volatile long waitingSince;

    Watched(InputStream stream, Duration limit) {
        super(stream);
        this.limit = limit;
        this.later = CompletableFuture.delayedExecutor(limit.toMillis() / LOOKS, TimeUnit.MILLISECONDS);
    }

    /** The same stream, watched from now on. */
    Watched start() {
        later.execute(this::look);
        return this;
    }

    private void look() {
        long since = waitingSince;
        if (closed) {
            return;
        }
        if (since == 0 || System.nanoTime() - since < limit.toNanos()) {
            start();
            return;
        }
        silent = true;
        try {
            in.close();
        } catch (IOException e) {
            // the reader is told that nothing came
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        waitingSince = Math.max(1, System.nanoTime());
        try {
            int count = super.read(bytes, offset, length);
            if (!silent) {
                return count;
            }
        } catch (IOException e) {
            if (!silent) {
                throw e;
            }
        } finally {
            waitingSince = 0;
        }
        throw new IOException("nothing more came within " + limit.toSeconds() + " s");
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }
}
