package io.jenkins.plugins.buildkit.cache;

import hudson.ExtensionList;
import hudson.security.Permission;
import io.buildkitci.testbed.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import jenkins.model.Jenkins;

/** A Jenkins of a test's own with the extensions of the layer cache; closing it is its end. */
final class StartedJenkins implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CacheLifecycle lifecycle = new CacheLifecycle();
    private final Set<Permission> missing = new HashSet<>();
    private final Path home;

    StartedJenkins(Path home) {
        this.home = home;
        Jenkins.started(new Jenkins(home.toFile()) {
            @Override
            public boolean hasPermission(Permission permission) {
                return !missing.contains(permission);
            }
        });
        ExtensionList.put(CacheLifecycle.class, lifecycle);
        ExtensionList.put(CacheWatch.class, new CacheWatch());
        ExtensionList.put(LayerCacheConfiguration.class, new LayerCacheConfiguration());
    }

    Path home() {
        return home;
    }

    /** From now on nobody may do this. */
    void forbid(Permission permission) {
        missing.add(permission);
    }

    LayerCacheConfiguration configuration() {
        return LayerCacheConfiguration.get();
    }

    /** When all that was asked for is done. */
    RunningService.State settled() throws InterruptedException {
        return lifecycle.settled(PATIENCE);
    }

    RunningService.Running runs() throws InterruptedException {
        RunningService.State state = settled();
        if (state instanceof RunningService.Running running) {
            return running;
        }
        throw new AssertionError("it does not run: " + state);
    }

    /** A service at a port that nothing listens at. */
    static EmbeddedService service() throws IOException {
        EmbeddedService service = new EmbeddedService();
        service.setBindAddress("127.0.0.1");
        service.setPort(FreePorts.next());
        service.setQuota("64MiB");
        return service;
    }

    @Override
    public void close() {
        lifecycle.onBeforeShutdown();
    }
}
