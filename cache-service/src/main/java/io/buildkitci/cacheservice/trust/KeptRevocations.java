package io.buildkitci.cacheservice.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** Revocations in a file, so that a restart brings no token back. */
public final class KeptRevocations implements Revocations, AutoCloseable {
    private final MVStore store;
    private final MVMap<String, Long> ends;
    private final InstantSource clock;

    private KeptRevocations(MVStore store, InstantSource clock) {
        this.store = store;
        this.ends = store.openMap("revoked");
        this.clock = clock;
    }

    /** @throws IOException when another process has it open, or it cannot be read */
    public static KeptRevocations open(Path file, InstantSource clock) throws IOException {
        try {
            return new KeptRevocations(
                    new MVStore.Builder()
                            .fileName(file.toString())
                            .autoCommitDisabled()
                            .open(),
                    clock);
        } catch (MVStoreException e) {
            throw new IOException(file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isRevoked(String id) {
        return ends.containsKey(id);
    }

    @Override
    public synchronized void revoke(String id, Instant expires) {
        long now = clock.instant().getEpochSecond();
        List<String> over = ends.entrySet().stream()
                .filter(end -> end.getValue() < now)
                .map(Map.Entry::getKey)
                .toList();
        over.forEach(ends::remove);
        ends.put(id, expires.getEpochSecond());
        store.commit();
    }

    @Override
    public void close() {
        store.close();
    }
}
