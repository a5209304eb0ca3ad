package io.jenkins.plugins.buildkit.agent;

import hudson.FilePath;
import hudson.remoting.Callable;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection to an agent in this JVM that counts what crosses it, and that can break. */
public final class CountingChannel implements VirtualChannel {
    private final VirtualChannel there = FilePath.localChannel;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean broken;

    /** Round trips since the last time. */
    public int takeCalls() {
        return calls.getAndSet(0);
    }

    public void breakDown() {
        broken = true;
    }

    private void count() throws IOException {
        calls.incrementAndGet();
        if (broken) {
            throw new hudson.remoting.ChannelClosedException("the agent was switched off");
        }
    }

    @Override
    public <V, T extends Throwable> V call(Callable<V, T> callable) throws IOException, T, InterruptedException {
        count();
        return there.call(callable);
    }

    @Override
    public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException {
        count();
        return there.callAsync(callable);
    }

    @Override
    public void close() {
        broken = true;
    }

    @Override
    public void join() {}

    @Override
    public void join(long timeout) {}

    @Override
    public <T> T export(Class<T> type, T instance) {
        return instance;
    }

    @Override
    public void syncLocalIO() {}
}
