package jenkins.util;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The clock of this JVM, for short tasks; on agents too. */
public class Timer {
    private static ScheduledExecutorService executor;

    public static synchronized ScheduledExecutorService get() {
        if (executor == null) {
            executor = Executors.newScheduledThreadPool(10, task -> {
                Thread thread = new Thread(task, "jenkins.util.Timer");
                thread.setDaemon(true);
                return thread;
            });
        }
        return executor;
    }
}
