package io.jenkins.plugins.buildkit.detached;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The eye on the agent: looks at the client's files many times a second, which costs three looks at a local directory,
 * and tells the controller only what is new. It ends with the client, when nobody listens, and with the connection.
 */
final class Watch implements Runnable {
    private static final Logger LOGGER = Logger.getLogger(Watch.class.getName());
    private static final int MOST_BYTES = 64 * 1024;
    private static final long QUICK_MILLIS = 10;
    private static final long USUAL_MILLIS = 50;
    private static final long QUICK_FOR_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SIGN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Path directory;
    private final Told told;
    private final long watch;
    private final String[] left;
    private final long began = System.nanoTime();
    private long outputOffset;
    private long traceOffset;
    private long lastTold = began;

    Watch(Path directory, Told told, long watch, long outputOffset, long traceOffset, String... left) {
        this.directory = directory;
        this.told = told;
        this.watch = watch;
        this.outputOffset = outputOffset;
        this.traceOffset = traceOffset;
        this.left = left;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the next look catches what it throws itself
    public void run() {
        try {
            if (look()) {
                boolean young = System.nanoTime() - began < QUICK_FOR_NANOS;
                Timer.get().schedule(this, young ? QUICK_MILLIS : USUAL_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (IOException | RuntimeException e) {
            // most often the connection; the controller begins another watch when it can
            LOGGER.log(Level.FINE, "no longer watching " + directory, e);
        }
    }

    /** @return whether to look again */
    private boolean look() throws IOException {
        int status = status();
        boolean wanted = tellTrace() && tellOutput();
        if (!wanted) {
            return false;
        }
        if (status >= 0) {
            told.ended(watch, status, left());
            return false;
        }
        if (!Files.isDirectory(directory)) {
            told.lost(watch);
            return false;
        }
        return System.nanoTime() - lastTold < SIGN_NANOS || sign();
    }

    private boolean sign() {
        lastTold = System.nanoTime();
        return told.watched(watch);
    }

    /** Read before the streams: what they hold then is all. */
    private int status() throws IOException {
        Path exit = directory.resolve(ClientFiles.EXIT);
        if (!Files.exists(exit)) {
            return -1;
        }
        String text = Files.readString(exit).strip();
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 1;
    }

    private @Nullable String[] left() throws IOException {
        @Nullable String[] texts = new String[left.length];
        for (int i = 0; i < left.length; i++) {
            Path file = directory.resolve(left[i]);
            texts[i] = Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : null;
        }
        return texts;
    }

    private boolean tellTrace() throws IOException {
        byte[] bytes = further(ClientFiles.TRACE, traceOffset);
        while (bytes.length > 0) {
            lastTold = System.nanoTime();
            if (!told.bytes(watch, true, bytes)) {
                return false;
            }
            traceOffset += bytes.length;
            bytes = further(ClientFiles.TRACE, traceOffset);
        }
        return true;
    }

    private boolean tellOutput() throws IOException {
        byte[] bytes = further(ClientFiles.OUTPUT, outputOffset);
        while (bytes.length > 0) {
            lastTold = System.nanoTime();
            if (!told.bytes(watch, false, bytes)) {
                return false;
            }
            outputOffset += bytes.length;
            bytes = further(ClientFiles.OUTPUT, outputOffset);
        }
        return true;
    }

    private byte[] further(String name, long offset) throws IOException {
        Path file = directory.resolve(name);
        long length = Files.exists(file) ? Files.size(file) : 0;
        if (length <= offset) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) Math.min(MOST_BYTES, length - offset)];
        try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
            reader.seek(offset);
            reader.readFully(bytes);
        }
        return bytes;
    }
}
