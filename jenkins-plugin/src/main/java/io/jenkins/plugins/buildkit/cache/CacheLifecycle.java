package io.jenkins.plugins.buildkit.cache;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.listeners.ItemListener;
import io.buildkitci.input.Checked;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import jenkins.model.Jenkins;

/** Runs the service of this Jenkins as it is configured, from when Jenkins has started until it ends. */
@Extension
public final class CacheLifecycle extends ItemListener {
    /** Requests under way get 10 s to end. */
    private static final Duration STOPPING = Duration.ofSeconds(20);

    private final RunningService running = new RunningService();
    private volatile boolean begun;

    static CacheLifecycle get() {
        return ExtensionList.lookupSingleton(CacheLifecycle.class);
    }

    /** Of Jenkins. */
    static Path home() {
        return Jenkins.get().getRootDir().toPath();
    }

    /** Called by Jenkins; it does not wait for the service. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        CacheLifecycle lifecycle = get();
        lifecycle.begun = true;
        lifecycle.apply(LayerCacheConfiguration.get().getService());
    }

    /** Before Jenkins has started, nothing is run. */
    void apply(ServiceChoice choice) {
        if (!begun) {
            return;
        }
        if (!(choice instanceof EmbeddedService embedded)) {
            running.off();
        } else if (embedded.check(home()) instanceof Checked.Valid<Hosting> valid) {
            running.run(valid.value());
        } else {
            running.refuse(ServiceChoice.told(embedded.problems(home())));
        }
    }

    @Override
    public void onBeforeShutdown() {
        begun = false;
        running.stop(STOPPING);
    }

    RunningService.State state() {
        return running.state();
    }

    /** When what was asked for before is done. */
    RunningService.State settled(Duration patience) throws InterruptedException {
        return running.settled(patience);
    }

    /** Something to be done with what the configured service keeps, if it can be reached by then; nobody waits for it. */
    void later(String what, KeepersWork work) {
        running.later(what, () -> {
            if (Keepers.of(LayerCacheConfiguration.get().getService(), running.state())
                    instanceof Keepers.There there) {
                work.with(there.keeper());
            }
        });
    }

    /** Something to be done when all is done that was asked for before; nobody waits for it. */
    void afterwards(Runnable work) {
        running.later("ending tokens", work::run);
    }

    /** What is done with what a service keeps. */
    interface KeepersWork {
        void with(Keeper keeper) throws IOException, InterruptedException;
    }
}
