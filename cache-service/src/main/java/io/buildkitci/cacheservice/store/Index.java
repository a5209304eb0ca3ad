package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.StringDataType;

/**
 * Which entries there are, in one file that is never torn: what was committed is there after a {@code kill -9}, what was
 * not is not. Changes are the caller's to put one after another; reading may go on meanwhile.
 *
 * <p>A disk that is full makes MVStore close itself. Then the file is opened again and what was not committed is done again, to
 * be committed when there is room.
 */
final class Index implements AutoCloseable {
    private static final int CACHE_MEGABYTES = 16;
    private static final int LEAST_FILLED = 50;
    private static final int TIDIED_AT_ONCE = 4 << 20;
    private static final String ENTRIES = "entries";
    private static final String NEEDS = "needs";
    private static final String TALLIES = "tallies";

    private final Path file;
    private final Map<Place, Optional<String>> changes = new LinkedHashMap<>();
    private volatile MVStore store;
    private volatile boolean over;

    /** A key in one of the maps. */
    private record Place(String map, String key) {}

    private Index(Path file) {
        this.file = file;
        this.store = opened(file);
    }

    /** @throws IOException when another process has it open, or it cannot be read */
    static Index open(Path file) throws IOException {
        try {
            return new Index(file);
        } catch (MVStoreException e) {
            throw new IOException(file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static MVStore opened(Path file) {
        return new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0) // or a change of many entries would be committed in its middle
                .cacheSize(CACHE_MEGABYTES)
                .open();
    }

    private MVMap<String, String> map(String name) {
        MVStore now = store.isClosed() && !over ? again() : store;
        return map(name, now);
    }

    private static MVMap<String, String> map(String name, MVStore store) {
        return store.openMap(
                name,
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
    }

    private synchronized void change(String map, String key, Optional<String> value) {
        changes.put(new Place(map, key), value);
        try {
            apply(map(map), key, value);
        } catch (MVStoreException e) {
            again();
        }
    }

    private static void apply(MVMap<String, String> map, String key, Optional<String> value) {
        if (value.isPresent()) {
            map.put(key, value.get());
        } else {
            map.remove(key);
        }
    }

    private synchronized MVStore again() {
        store.closeImmediately();
        MVStore opened = opened(file);
        changes.forEach((place, value) -> apply(map(place.map(), opened), place.key(), value));
        store = opened;
        return opened;
    }

    Optional<Entry> get(EntryKey key) {
        return Optional.ofNullable(map(ENTRIES).get(key.render())).map(Entry::parse);
    }

    /** What a stored key begins with. */
    void each(String prefix, BiConsumer<EntryKey, Entry> consumer) {
        MVMap<String, String> entries = map(ENTRIES);
        Iterator<String> keys = entries.keyIterator(prefix);
        while (keys.hasNext()) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                return;
            }
            String entry = entries.get(key);
            if (entry != null) {
                consumer.accept(EntryKey.parse(key), Entry.parse(entry));
            }
        }
    }

    /** Whether any stored key begins so. */
    boolean has(String prefix) {
        String first = map(ENTRIES).ceilingKey(prefix);
        return first != null && first.startsWith(prefix);
    }

    /** Every index of a namespace that lists any digests, with these. */
    void eachIndex(String prefix, BiConsumer<EntryKey, List<String>> consumer) {
        Iterator<String> keys = map(NEEDS).keyIterator(prefix);
        while (keys.hasNext()) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                return;
            }
            EntryKey index = EntryKey.parse(key);
            consumer.accept(index, needs(index));
        }
    }

    /** What was done in scopes, by their prefix. */
    Map<String, String> tallies() {
        return Map.copyOf(map(TALLIES));
    }

    /** @param tally empty to forget it */
    void tally(String scope, Optional<String> tally) {
        change(TALLIES, scope, tally);
    }

    /** The digests that an index lists; none for other entries. */
    List<String> needs(EntryKey key) {
        String digests = map(NEEDS).get(key.render());
        return digests == null || digests.isEmpty() ? List.of() : List.of(digests.split(" ", -1));
    }

    void put(EntryKey key, Entry entry, List<String> digests) {
        if (!digests.isEmpty()) {
            change(NEEDS, key.render(), Optional.of(String.join(" ", digests)));
        }
        change(ENTRIES, key.render(), Optional.of(entry.render()));
    }

    void remove(EntryKey key) {
        change(ENTRIES, key.render(), Optional.empty());
        if (key.isIndex()) {
            change(NEEDS, key.render(), Optional.empty());
        }
    }

    void use(Map<EntryKey, Long> times) {
        times.forEach((key, time) -> get(key).ifPresent(entry ->
                change(ENTRIES, key.render(), Optional.of(entry.usedAt(time).render()))));
    }

    /**
     * Makes every change up to now last.
     *
     * @return whether it does: there may be no room now, and then the next one tries again
     */
    synchronized boolean commit() {
        try {
            map(ENTRIES);
            store.commit();
            changes.clear();
            return true;
        } catch (MVStoreException e) {
            again();
            return false;
        }
    }

    /** Writes some of what is scattered in the file anew, so that the file does not grow for ever. Of a commit that worked. */
    synchronized void tidy() {
        try {
            store.compact(LEAST_FILLED, TIDIED_AT_ONCE);
        } catch (MVStoreException e) {
            again();
        }
    }

    @Override
    public synchronized void close() {
        boolean lasts = commit();
        over = true;
        if (lasts) {
            store.close(); // moving chunks together fails at times in a file whose process was killed
        } else {
            store.closeImmediately();
        }
    }
}
