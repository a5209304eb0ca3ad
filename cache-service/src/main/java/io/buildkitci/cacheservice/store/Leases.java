package io.buildkitci.cacheservice.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Contents that somebody reads now. */
final class Leases {
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    Lease take(String sha256) {
        taken.merge(sha256, 1, Integer::sum);
        return new Lease(sha256);
    }

    boolean isTaken(String sha256) {
        return taken.containsKey(sha256);
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
