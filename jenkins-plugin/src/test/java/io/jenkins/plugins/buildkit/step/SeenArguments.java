package io.jenkins.plugins.buildkit.step;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at the command lines of all processes of this machine, again and again, for a text. */
final class SeenArguments implements AutoCloseable {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    SeenArguments(String text) {
        Thread thread = new Thread(() -> {
            while (!over) {
                seen.addAll(Agents.processes(text));
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    Set<String> seen() {
        return Set.copyOf(seen);
    }

    @Override
    public void close() {
        over = true;
    }
}
