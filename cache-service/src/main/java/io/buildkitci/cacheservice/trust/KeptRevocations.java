package io.buildkitci.cacheservice.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** Revocations in a file, so that a restart brings no token back. */
public final class KeptRevocations implements Revocations, AutoCloseable {
    private static final String MAP = "revoked";

    private final Path file;
    private final Map<String, Long> ends;
    private final InstantSource clock;
    private MVStore store;

    private KeptRevocations(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.store = opened(file);
        MVMap<String, Long> kept = store.openMap(MAP);
        this.ends = new ConcurrentHashMap<>(kept);
    }

    private static MVStore opened(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .open();
    }

    /** @throws IOException when another process has it open, or it cannot be read */
    public static KeptRevocations open(Path file, InstantSource clock) throws IOException {
        try {
            return new KeptRevocations(file, clock);
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
        try {
            keep();
        } catch (MVStoreException e) {
            store.closeImmediately(); // the disk is full; the next one keeps this one too
        }
    }

    private void keep() {
        store = store.isClosed() ? opened(file) : store;
        MVMap<String, Long> kept = store.openMap(MAP);
        List.copyOf(kept.keySet()).stream().filter(id -> !ends.containsKey(id)).forEach(kept::remove);
        ends.forEach(kept::putIfAbsent); // what is there already is not written again
        store.commit();
    }

    @Override
    public synchronized void close() {
        store.close();
    }
}
