package io.buildkitci.cacheservice.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Contents that somebody reads now, or was promised that they can be read. */
final class Leases {
    /** As long as an address of a content is good: who has one takes it ill when the content is gone, and fails the build. */
    private static final Duration PROMISE = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final Map<String, Long> promised = new ConcurrentHashMap<>();

    Leases(InstantSource clock) {
        this.clock = clock;
    }

    void promise(String sha256) {
        promised.put(sha256, clock.millis() + PROMISE.toMillis());
    }

    boolean isPromised(String sha256) {
        return promised.getOrDefault(sha256, 0L) > clock.millis();
    }

    void forgetOld() {
        long now = clock.millis();
        promised.values().removeIf(until -> until <= now);
    }

    Lease take(String sha256) {
        taken.merge(sha256, 1, Integer::sum);
        return new Lease(sha256);
    }

    boolean isTaken(String sha256) {
        return taken.containsKey(sha256) || isPromised(sha256);
    }

    /** One reader of a content; given back once, however often it is closed. */
    final class Lease implements AutoCloseable {
        private final String sha256;
        private final AtomicBoolean given = new AtomicBoolean();

        private Lease(String sha256) {
            this.sha256 = sha256;
        }

        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                taken.computeIfPresent(sha256, (name, readers) -> readers == 1 ? null : readers - 1);
            }
        }
    }
}
