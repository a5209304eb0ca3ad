package io.jenkins.plugins.buildkit.step;

import com.sun.management.OperatingSystemMXBean;
import hudson.remoting.Callable;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicLong;
import org.jenkinsci.remoting.RoleChecker;
import org.jspecify.annotations.Nullable;

/**
 * What one build costs both ends of a connection, which are one JVM here: processor time of what is done for the agent,
 * and of all else, and the bytes that both send each other. All builds share the first: one at a time, please.
 */
final class Meter {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final AtomicLong AT_AGENT = new AtomicLong();

    private final boolean weighs;
    private final long allBefore = PROCESS.getProcessCpuTime();
    private final long atAgentBefore = AT_AGENT.get();
    private final long clockBefore = clock();
    final AtomicLong there = new AtomicLong();
    final AtomicLong back = new AtomicLong();

    /** @param weighs whether bytes are counted, which costs time */
    Meter(boolean weighs) {
        this.weighs = weighs;
    }

    /** Calls, the watch on the client's files and processes that are started over the connection. */
    double agentSeconds() {
        return (AT_AGENT.get() - atAgentBefore + clock() - clockBefore) / 1e9;
    }

    /** With all that its JVM does besides, as compiling. */
    double controllerSeconds() {
        return (PROCESS.getProcessCpuTime() - allBefore) / 1e9 - agentSeconds();
    }

    <V, T extends Throwable> Callable<V, T> sent(Callable<V, T> work) {
        there.addAndGet(weight(work));
        return new Measured<>(work);
    }

    <V> V seen(V answer) {
        back.addAndGet(weight(answer));
        return answer;
    }

    /** A call from the agent. */
    interface Call {
        @Nullable
        Object get() throws IllegalAccessException, InvocationTargetException;
    }

    @Nullable
    Object calledBack(Call call, Object @Nullable [] arguments)
            throws IllegalAccessException, InvocationTargetException {
        back.addAndGet(weight(arguments));
        long before = THREADS.getCurrentThreadCpuTime();
        try {
            return call.get();
        } finally {
            AT_AGENT.addAndGet(before - THREADS.getCurrentThreadCpuTime()); // on the agent's thread, but not for it
        }
    }

    private long weight(@Nullable Object sent) {
        if (!weighs) {
            return 0;
        }
        long[] bytes = new long[1];
        OutputStream count = new OutputStream() {
            @Override
            public void write(int b) {
                bytes[0]++;
            }
        };
        try (ObjectOutputStream out = new ObjectOutputStream(count)) {
            out.writeObject(sent);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes[0];
    }

    /** Of the threads that the watch runs on. */
    private static long clock() {
        long nanos = 0;
        for (long id : THREADS.getAllThreadIds()) {
            var thread = THREADS.getThreadInfo(id);
            if (thread != null && thread.getThreadName().equals("jenkins.util.Timer")) {
                nanos += Math.max(0, THREADS.getThreadCpuTime(id));
            }
        }
        return nanos;
    }

    private record Measured<V, T extends Throwable>(Callable<V, T> work) implements Callable<V, T> {
        @Override
        public V call() throws T {
            long before = THREADS.getCurrentThreadCpuTime();
            try {
                return work.call();
            } finally {
                AT_AGENT.addAndGet(THREADS.getCurrentThreadCpuTime() - before);
            }
        }

        @Override
        public void checkRoles(RoleChecker checker) {
            work.checkRoles(checker);
        }
    }
}
