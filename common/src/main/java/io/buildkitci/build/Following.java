package io.buildkitci.build;

import io.buildkitci.console.ProgressView;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Redactor;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.LineDecoder;
import io.buildkitci.progress.ProgressDecoder;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.progress.TraceRecorder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Follows a client that runs: decodes what it says, records it and shows it, with a clock beside it for the view.
 *
 * <p>What it needs is made when the first line comes: a client takes its time until then, so that this costs none.
 */
final class Following implements LineListener, AutoCloseable {
    /** The client's own words that are kept; it says little, but a broken one could say much. */
    private static final int MOST_CLIENT_LINES = 500;

    private static final long TICK_MILLIS = 100;

    private final Redactor redactor;
    private final Supplier<ProgressView> views;
    private final Supplier<LineDecoder> decoders;
    private final Deque<String> clientText = new ArrayDeque<>();
    private final List<String> answer = new ArrayList<>();
    private Optional<Parts> parts = Optional.empty();

    Following(Redactor redactor, Supplier<ProgressView> views) {
        this(redactor, views, ProgressDecoder::new);
    }

    /** @param decoders of what the client writes */
    Following(Redactor redactor, Supplier<ProgressView> views, Supplier<LineDecoder> decoders) {
        this.decoders = decoders;
        this.redactor = redactor;
        this.views = views;
    }

    private record Parts(LineDecoder decoder, TraceRecorder recorder, ProgressView view, Future<?> ticks) {}

    /** One clock for all builds of this process, made with the first: a host that only waits holds no thread for each. */
    static final class Clock {
        static final ScheduledThreadPoolExecutor ALL = of();

        private static ScheduledThreadPoolExecutor of() {
            ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, Following::daemon);
            clock.setRemoveOnCancelPolicy(true);
            return clock;
        }
    }

    @Override
    public synchronized void line(Stream stream, String line) {
        if (stream == Stream.OUT) {
            answer.add(redactor.redact(line));
            return;
        }
        Parts all = parts();
        ProgressLine decoded = all.decoder().decode(line);
        all.recorder().record(decoded);
        if (decoded instanceof ProgressLine.Text text) {
            clientText.addLast(redactor.redact(text.text()));
            if (clientText.size() > MOST_CLIENT_LINES) {
                clientText.removeFirst();
            }
        }
        all.view().update(decoded);
    }

    private Parts parts() {
        if (parts.isEmpty()) {
            ProgressView view = views.get();
            Future<?> ticks =
                    Clock.ALL.scheduleAtFixedRate(view::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
            parts = Optional.of(new Parts(decoders.get(), new TraceRecorder(redactor), view, ticks));
        }
        return parts.get();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "buildkit-ci-view");
        thread.setDaemon(true);
        return thread;
    }

    /** What the client did so far. */
    synchronized BuildTrace soFar() {
        return parts().recorder().snapshot();
    }

    /** What the client did; nothing more may come. */
    synchronized BuildTrace trace() {
        TraceRecorder recorder = parts().recorder();
        recorder.finish();
        return recorder.snapshot();
    }

    /** What the client said besides progress, masked; the last lines of it. */
    synchronized List<String> clientText() {
        return List.copyOf(clientText);
    }

    /** What the client said on standard output, masked: progress is on the other stream, here is what was asked for. */
    synchronized List<String> answer() {
        return List.copyOf(answer);
    }

    /** Ends the view. */
    @Override
    public synchronized void close() {
        parts.ifPresent(all -> {
            all.ticks().cancel(false);
            all.view().close();
        });
    }
}
