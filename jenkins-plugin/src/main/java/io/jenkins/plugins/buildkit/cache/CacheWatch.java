package io.jenkins.plugins.buildkit.cache;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.buildkitci.cacheservice.store.Stats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Looks every few minutes whether the service of this Jenkins runs and can write; starts it again where it does not. */
@Extension
public final class CacheWatch extends AsyncPeriodicWork {
    /** A layer or two have room in it. */
    private static final long LEAST_FREE = 1L << 30;

    private static final Duration BETWEEN_TIDYING = Duration.ofDays(1);
    private static final Duration FORGOTTEN = Duration.ofDays(7);

    private volatile Optional<String> trouble = Optional.empty();
    private Instant tidied = Instant.EPOCH;

    public CacheWatch() {
        super("Watch over the BuildKit layer cache");
    }

    static CacheWatch get() {
        return ExtensionList.lookupSingleton(CacheWatch.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return 5 * MIN;
    }

    @Override
    protected void execute(TaskListener listener) {
        trouble = look(CacheLifecycle.get().state());
        trouble.ifPresent(listener.getLogger()::println);
        if (CacheLifecycle.get().state() instanceof RunningService.Failed) {
            CacheLifecycle.get().apply(LayerCacheConfiguration.get().getService());
        }
        if (tidied.plus(BETWEEN_TIDYING).isBefore(Instant.now())) {
            tidied = Instant.now();
            CacheLifecycle.get().later("dropping the layers of jobs that are gone", keeper -> tidy(keeper, tidied));
        }
    }

    /** Drops what no job of this Jenkins can use any more, unless it was used not long ago. */
    static void tidy(Keeper keeper, Instant now) throws IOException, InterruptedException {
        long forgotten = now.minus(FORGOTTEN).toEpochMilli();
        for (Stats.OfNamespace namespace : keeper.stats().namespaces()) {
            Optional<String> owner = keeper.namespaces().owner(namespace.name());
            if (owner.isPresent() && namespace.traffic().used() < forgotten && !isThere(owner.get())) {
                keeper.drop(namespace.name());
            }
        }
    }

    @SuppressWarnings("try") // the context is only closed
    private static boolean isThere(String item) {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(item) != null;
        }
    }

    /** What was wrong with its storage at the last look. */
    Optional<String> trouble() {
        return trouble;
    }

    static Optional<String> look(RunningService.State state) {
        return state instanceof RunningService.Running running
                ? storage(running.hosting().settings().directory(), LEAST_FREE)
                : Optional.empty();
    }

    /** @param least bytes that have to be free */
    static Optional<String> storage(Path directory, long least) {
        try {
            Path probe = Files.createTempFile(directory, "probe", ".tmp");
            try {
                Files.writeString(probe, "whether this can be written\n");
            } finally {
                Files.delete(probe);
            }
            long free = Files.getFileStore(directory).getUsableSpace();
            return free < least
                    ? Optional.of("The disk of " + directory + " is nearly full: " + (free >> 20) + " MiB are left")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.of("The directory " + directory + " cannot be written to: " + e.getMessage());
        }
    }
}
