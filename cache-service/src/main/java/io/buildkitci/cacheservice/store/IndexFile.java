package io.buildkitci.cacheservice.store;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;

/**
 * The file of an {@link Index} while it is open. A commit writes anew all pages on the way to what was changed, and leaves the
 * old ones where they are. Their room is used again when the disk has what was written instead, and not before: whatever
 * the process or the machine dies of, all pages of the last commit are there, or those of one before it.
 */
final class IndexFile {
    private static final int CACHE_MEGABYTES = 16;
    private static final long SMALL = 8L << 20;
    private static final int LEAST_FILLED = 33;
    private static final int WELL_FILLED = 60;
    private static final int GATHERED_AT_ONCE = 1 << 20;

    /** MVStore uses room again by its age, whether the disk has what came instead or not. */
    private static final int NEVER = Integer.MAX_VALUE;

    private final MVStore store;
    private final Map<Part, MVMap<String, String>> parts = new EnumMap<>(Part.class);

    /** What it holds. */
    enum Part {
        ENTRIES,
        NEEDS,
        TALLIES
    }

    /** @throws MVStoreException when another process has it open, or it cannot be read */
    IndexFile(Path file) {
        store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0) // or a change of many entries would be committed in its middle
                .cacheSize(CACHE_MEGABYTES)
                .open();
        store.setRetentionTime(NEVER);
        for (Part part : Part.values()) {
            MVMap.Builder<String, String> strings = new MVMap.Builder<String, String>()
                    .keyType(StringDataType.INSTANCE)
                    .valueType(StringDataType.INSTANCE);
            parts.put(part, store.openMap(part.name().toLowerCase(Locale.ROOT), strings));
        }
    }

    private MVMap<String, String> part(Part part) {
        return Objects.requireNonNull(parts.get(part));
    }

    /** What is read stays where it is meanwhile. */
    <T> T reading(Part part, Function<MVMap<String, String>, T> reading) {
        MVStore.TxCounter version = store.registerVersionUsage();
        try {
            return reading.apply(part(part));
        } finally {
            store.deregisterVersionUsage(version);
        }
    }

    /** @param value empty to remove it */
    void change(Part part, String key, Optional<String> value) {
        if (value.isPresent()) {
            part(part).put(key, value.get());
        } else {
            part(part).remove(key);
        }
    }

    boolean isClosed() {
        return store.isClosed();
    }

    void commit() {
        store.commit();
    }

    /** Whether little of it is in use; of a small one it does not matter. */
    boolean isSparse() {
        FileStore<?> chunks = store.getFileStore();
        return chunks.size() > SMALL && chunks.getChunksFillRate() < LEAST_FILLED;
    }

    /** Waits until the disk has what was written. */
    void sync() {
        store.sync();
    }

    /**
     * Has what comes next written where nothing is in use any more.
     *
     * @return true
     */
    boolean reuse() {
        store.sync();
        store.setRetentionTime(0);
        store.executeFilestoreOperation(store.getFileStore()::dropUnusedChunks);
        store.setRetentionTime(NEVER);
        return true;
    }

    /**
     * Commits some of what is in use anew, where least is in use beside it, so that all around it can be used again.
     *
     * @return whether there was any
     */
    boolean gather() {
        store.setRetentionTime(0);
        boolean gathered = store.compact(WELL_FILLED, GATHERED_AT_ONCE);
        store.setRetentionTime(NEVER);
        store.commit();
        return gathered;
    }

    /** Moving chunks together fails at times in a file whose process was killed; so it stays as it is. */
    void close() {
        store.close();
    }

    void abandon() {
        store.closeImmediately();
    }
}
