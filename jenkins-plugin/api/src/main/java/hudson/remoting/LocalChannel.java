package hudson.remoting;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection to this JVM; work and answers are serialised all the same. */
public class LocalChannel implements VirtualChannel {
    private final ExecutorService executor;

    public LocalChannel(ExecutorService executor) {
        this.executor = executor;
    }

    @Override
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException {
        try {
            return Crossing.toController(Crossing.toAgent(callable).call());
        } catch (Throwable thrown) {
            @SuppressWarnings("unchecked") // whatever it is, the caller is told of it
            T copy = (T) Crossing.toController(thrown);
            throw copy;
        }
    }

    @Override
    public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException {
        Callable<V, T> arrived = Crossing.toAgent(callable);
        return new Pending<>(executor.submit(() -> {
            try {
                return Crossing.toController(arrived.call());
            } catch (Throwable thrown) {
                Throwable copy = Crossing.toController(thrown);
                throw copy instanceof Exception exception ? exception : new ExecutionException(copy);
            }
        }));
    }

    @Override
    public void close() {}

    @Override
    public void join() {}

    @Override
    public void join(long timeout) {}

    @Override
    public <T> T export(Class<T> type, T instance) {
        return StandIn.of(type, instance);
    }

    @Override
    public void syncLocalIO() {}

    private record Pending<V>(java.util.concurrent.Future<V> answer) implements Future<V> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return answer.cancel(mayInterruptIfRunning);
        }

        @Override
        public boolean isCancelled() {
            return answer.isCancelled();
        }

        @Override
        public boolean isDone() {
            return answer.isDone();
        }

        /** An interrupt gives the work up, as it does on a connection. */
        @Override
        public V get() throws InterruptedException, ExecutionException {
            try {
                return answer.get();
            } catch (InterruptedException e) {
                answer.cancel(true);
                throw e;
            }
        }

        @Override
        public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            return answer.get(timeout, unit);
        }
    }
}
