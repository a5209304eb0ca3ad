package io.jenkins.plugins.buildkit.cache;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.Optional;

/** Tells whoever administers Jenkins that builds go on without their layer cache, and why. */
@Extension
public final class CacheMonitor extends AdministrativeMonitor {
    @Override
    public String getDisplayName() {
        return "BuildKit layer cache";
    }

    @Override
    public boolean isActivated() {
        return trouble().isPresent();
    }

    /** For the message. */
    public String getTrouble() {
        return trouble().orElse("");
    }

    private static Optional<String> trouble() {
        return CacheLifecycle.get().state() instanceof RunningService.Failed failed
                ? Optional.of("It does not run: " + failed.reason())
                : CacheWatch.get().trouble();
    }
}
