package io.jenkins.plugins.buildkit.step;

import hudson.model.Computer;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Where the work of steps is done: never on the thread that runs pipelines, and on none while there is only to wait. */
final class Background {
    private Background() {}

    /** Work that talks to agents. */
    static void run(Runnable work) {
        Computer.threadPoolForRemoting.execute(work);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it, and the work tells its faults itself
    static void later(Runnable work, long millis) {
        Timer.get().schedule(() -> run(work), millis, TimeUnit.MILLISECONDS);
    }

    /** Keeps a step's state over a restart; that it could not be kept is Jenkins' to log. */
    @SuppressWarnings("FutureReturnValueIgnored")
    static void keep(StepContext step) {
        step.saveState();
    }
}
