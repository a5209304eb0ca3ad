package io.buildkitci.action.cli;

import io.buildkitci.cacheservice.http.Exchanged;
import io.buildkitci.json.JsonText;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One line of JSON for each request, written by a thread of its own: whoever reads the lines slowly, or not at all, slows no
 * request down. What there is no room for is left out and counted.
 */
final class AccessLog implements Consumer<Exchanged>, AutoCloseable {
    private static final int WAITING = 10_000;
    private static final long LAST_LINES_MILLIS = 2_000;

    private final InstantSource clock;
    private final PrintStream out;
    private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Thread writing = new Thread(this::write, "buildkit-ci-cache-log");

    AccessLog(InstantSource clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
        writing.setDaemon(true);
        writing.start();
    }

    @Override
    public void accept(Exchanged exchanged) {
        if (!lines.offer(Optional.of(line(exchanged)))) {
            lost.incrementAndGet();
        }
    }

    private String line(Exchanged exchanged) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", clock.instant().toString());
        line.put("remote", exchanged.remote());
        line.put("method", exchanged.method());
        line.put("route", exchanged.route());
        line.put("status", exchanged.status());
        line.put("received", exchanged.received());
        line.put("sent", exchanged.sent());
        line.put("millis", exchanged.took().toMillis());
        return JsonText.line(line);
    }

    private void write() {
        try {
            for (Optional<String> next = lines.take(); next.isPresent(); next = lines.take()) {
                out.println(next.get());
                long left = lost.getAndSet(0);
                if (left > 0) {
                    out.println(JsonText.line(Map.of("lost", left)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is waiting, if somebody takes it. */
    @Override
    public void close() {
        try {
            if (lines.offer(Optional.empty(), LAST_LINES_MILLIS, TimeUnit.MILLISECONDS)) {
                writing.join(LAST_LINES_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
