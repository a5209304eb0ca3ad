package io.jenkins.plugins.buildkit.detached;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.LineSplitter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The controller's side of a watch: hands on the client's lines, all of them once and in order, however many watches it
 * takes. Safe for use by several threads; holds none.
 */
public final class Follower implements Told {
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final LineSplitter output;
    private final LineSplitter trace;
    private final List<String> left;
    private final Consumer<ClientEnd> end;
    private @Nullable VirtualChannel armed;
    private long watch;
    private long heard;
    private long outputBytes;
    private long traceBytes;
    private boolean over;

    /**
     * @param lines is told what the client writes
     * @param left names of files that the client leaves, which are told with its end
     * @param end is told once, after the last line; must not take long
     */
    public Follower(LineListener lines, List<String> left, Consumer<ClientEnd> end) {
        this.output = new LineSplitter(line -> lines.line(Stream.OUT, line));
        this.trace = new LineSplitter(line -> lines.line(Stream.ERR, line));
        this.left = List.copyOf(left);
        this.end = end;
    }

    /** Whether nobody watches, as far as can be told from here: another connection, or a long silence. */
    public synchronized boolean isBlind(FilePath directory) {
        return !over && (directory.getChannel() != armed || System.nanoTime() - heard > SILENCE_NANOS);
    }

    /** Begins a watch in place of an earlier one. */
    public synchronized void watch(FilePath directory) throws IOException, InterruptedException {
        watch++;
        VirtualChannel channel = directory.getChannel();
        Told proxy = channel.export(Told.class, this);
        directory.act(new Watching(proxy, watch, outputBytes, traceBytes, left.toArray(String[]::new)));
        armed = channel;
        heard = System.nanoTime();
    }

    /** Nothing is told any more. */
    public synchronized void stop() {
        over = true;
    }

    /** Bytes that came, for who counts them. */
    public synchronized long bytes() {
        return outputBytes + traceBytes;
    }

    @Override
    public synchronized boolean bytes(long from, boolean isTrace, byte[] bytes) {
        if (!watched(from)) {
            return false;
        }
        if (isTrace) {
            traceBytes += bytes.length;
            trace.write(bytes, 0, bytes.length);
        } else {
            outputBytes += bytes.length;
            output.write(bytes, 0, bytes.length);
        }
        return true;
    }

    @Override
    public synchronized boolean watched(long from) {
        heard = System.nanoTime();
        return !over && from == watch;
    }

    @Override
    public synchronized void ended(long from, int status, @Nullable String[] texts) {
        if (watched(from)) {
            Map<String, Optional<String>> files = new HashMap<>();
            for (int i = 0; i < left.size(); i++) {
                files.put(left.get(i), Optional.ofNullable(texts[i]));
            }
            finish(new ClientEnd(OptionalInt.of(status), files));
        }
    }

    @Override
    public synchronized void lost(long from) {
        if (watched(from)) {
            finish(ClientEnd.UNKNOWN);
        }
    }

    /** Takes the client for ended without having heard so. */
    public synchronized void giveUp() {
        if (!over) {
            finish(ClientEnd.UNKNOWN);
        }
    }

    private void finish(ClientEnd ended) {
        over = true;
        output.close();
        trace.close();
        end.accept(ended);
    }
}
