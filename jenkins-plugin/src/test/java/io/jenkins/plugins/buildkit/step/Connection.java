package io.jenkins.plugins.buildkit.step;

import hudson.remoting.Callable;
import hudson.remoting.Future;
import hudson.remoting.LocalChannel;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A connection to an agent that can drop: then nothing passes any more, in either direction. Counts what passes. */
final class Connection implements VirtualChannel {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "connection");
        thread.setDaemon(true);
        return thread;
    });
    private static final Map<Long, Connection> ALL = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final LocalChannel channel = new LocalChannel(THREADS);
    private final long number = NUMBERS.incrementAndGet();
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger callsBack = new AtomicInteger();
    final AtomicLong bytesBack = new AtomicLong();
    private final @Nullable Meter meter;
    private volatile boolean dropped;

    Connection() {
        this(null);
    }

    /** @param meter of what passes */
    Connection(@Nullable Meter meter) {
        this.meter = meter;
        ALL.put(number, this);
    }

    void drop() {
        dropped = true;
    }

    /** Those that did not drop. */
    static Stream<Connection> open() {
        return ALL.values().stream().filter(connection -> !connection.dropped);
    }

    void check() throws IOException {
        if (dropped) {
            throw new IOException("the connection is closed");
        }
    }

    @Override
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException {
        check();
        calls.incrementAndGet();
        V answer = meter == null ? channel.call(callable) : meter.seen(channel.call(meter.sent(callable)));
        check();
        return answer;
    }

    @Override
    public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException {
        check();
        calls.incrementAndGet();
        return channel.callAsync(meter == null ? callable : meter.sent(callable));
    }

    @Override
    public void close() {
        drop();
    }

    @Override
    public void join() {}

    @Override
    public void join(long timeout) {}

    @Override
    public <T> T export(Class<T> type, T instance) {
        T standIn = channel.export(type, instance);
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new Back(number, (Serializable) standIn)));
    }

    @Override
    public void syncLocalIO() {}

    /** A call from the agent. */
    private record Back(long connection, Serializable target) implements InvocationHandler, Serializable {
        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Connection from = Objects.requireNonNull(ALL.get(connection));
            from.check();
            from.callsBack.incrementAndGet();
            for (Object argument : arguments == null ? new Object[0] : arguments) {
                from.bytesBack.addAndGet(argument instanceof byte[] bytes ? bytes.length : 8);
            }
            Meter meter = from.meter;
            try {
                return meter == null
                        ? method.invoke(target, arguments)
                        : meter.calledBack(() -> method.invoke(target, arguments), arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
