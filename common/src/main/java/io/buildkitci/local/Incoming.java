package io.buildkitci.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a server sends, as a stream for one thread. Unlike the JDK's own, reading ends when its thread is interrupted, and
 * when nothing comes for too long.
 */
final class Incoming extends InputStream implements HttpResponse.BodySubscriber<InputStream> {
    /** What the network says next. */
    private sealed interface News {}

    private record Bytes(List<ByteBuffer> buffers) implements News {}

    private record End(Optional<Throwable> failure) implements News {}

    private final Duration limit;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private List<ByteBuffer> current = List.of();
    private boolean ended;

    Incoming(Duration limit) {
        this.limit = limit;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        news.add(new Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        news.add(new End(Optional.of(failure)));
    }

    @Override
    public void onComplete() {
        news.add(new End(Optional.empty()));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (true) {
            for (ByteBuffer buffer : current) {
                if (buffer.hasRemaining()) {
                    int count = Math.min(length, buffer.remaining());
                    buffer.get(bytes, offset, count);
                    return count;
                }
            }
            if (ended) {
                return -1;
            }
            await();
        }
    }

    private void await() throws IOException {
        News next;
        try {
            next = news.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
        if (next == null) {
            close();
            throw new IOException("nothing more came within " + limit.toSeconds() + " s");
        }
        if (next instanceof Bytes more) {
            current = more.buffers();
            Flow.Subscription given = subscription;
            if (given != null) {
                given.request(1);
            }
            return;
        }
        ended = true;
        Optional<Throwable> failure = ((End) next).failure();
        if (failure.isPresent()) {
            throw new IOException(String.valueOf(failure.get().getMessage()), failure.get());
        }
    }

    @Override
    public void close() {
        ended = true;
        current = List.of();
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
    }
}
