package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The SHA-256 of a file while it is written: what lies there without a gap is read in aside, so that little is left to do
 * when the last of it has come.
 */
final class Hashing {
    private static final int STEP = 256 << 10;

    /** Less is not worth a thread. */
    private static final long LEAST = 1 << 20;

    private final FileChannel file;
    private final Executor aside;
    private MessageDigest digest = Blobs.sha256();
    private long written;
    private long hashed;
    private boolean reading;
    private boolean outdated;

    Hashing(FileChannel file, Executor aside) {
        this.file = file;
        this.aside = aside;
    }

    /** A stretch was written. */
    synchronized void written(long offset, long length) {
        outdated |= offset < hashed || (reading && offset < written);
        if (offset == written) {
            written += length;
        }
        if (!reading && !outdated && written - hashed >= LEAST) {
            reading = true;
            try {
                aside.execute(this::readOn);
            } catch (RejectedExecutionException e) {
                reading = false; // the process ends
            }
        }
    }

    /** What was written is not what lies there any more. */
    synchronized void forget() {
        outdated = true;
    }

    private void readOn() {
        ByteBuffer buffer = ByteBuffer.allocate(STEP);
        try {
            for (long end = next(); end > hashed; end = next()) {
                read(buffer, end);
            }
        } catch (IOException e) {
            stop();
        }
    }

    /** Up to where there is something to read; that is nowhere, once there is too little. */
    private synchronized long next() {
        reading = !outdated && written - hashed >= LEAST;
        notifyAll();
        return reading ? written : hashed;
    }

    private synchronized void stop() {
        outdated = true;
        reading = false;
        notifyAll();
    }

    private void read(ByteBuffer buffer, long end) throws IOException {
        long at = hashed;
        while (at < end) {
            buffer.clear().limit((int) Math.min(STEP, end - at));
            int n = file.read(buffer, at);
            if (n <= 0) {
                throw new IOException("a file is shorter than it was");
            }
            digest.update(buffer.flip());
            at += n;
        }
        synchronized (this) {
            hashed = at;
        }
    }

    /** Of the whole file, which has this size; nothing may be written any more. */
    synchronized String of(long size) throws IOException {
        while (reading) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
        if (outdated || hashed > size) {
            digest = Blobs.sha256();
            hashed = 0;
        }
        read(ByteBuffer.allocate(STEP), size);
        return HexFormat.of().formatHex(digest.digest());
    }
}
