package hudson.remoting;

import java.io.IOException;

/** A connection to another JVM, or to this one. */
public interface VirtualChannel {
    <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException;

    <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException;

    void close() throws IOException;

    void join() throws InterruptedException;

    void join(long timeout) throws InterruptedException;

    /** A stand-in that can be sent to the other end and calls back to {@code instance}. */
    <T> T export(Class<T> type, T instance);

    void syncLocalIO() throws InterruptedException;
}
