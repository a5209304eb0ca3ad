package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
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
 */
final class Index implements AutoCloseable {
    private static final int CACHE_MEGABYTES = 16;
    private static final int COMPACT_MILLIS = 2000;

    private final MVStore store;
    private final MVMap<String, String> entries;
    private final MVMap<String, String> needs;
    private final MVMap<String, String> tallies;

    private Index(MVStore store) {
        this.store = store;
        this.entries = store.openMap("entries", texts());
        this.needs = store.openMap("needs", texts());
        this.tallies = store.openMap("tallies", texts());
    }

    /** @throws IOException when another process has it open, or it cannot be read */
    static Index open(Path file) throws IOException {
        try {
            return new Index(new MVStore.Builder()
                    .fileName(file.toString())
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0) // or a change of many entries would be committed in its middle
                    .cacheSize(CACHE_MEGABYTES)
                    .open());
        } catch (MVStoreException e) {
            throw new IOException(file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    private static MVMap.Builder<String, String> texts() {
        return new MVMap.Builder<String, String>()
                .keyType(StringDataType.INSTANCE)
                .valueType(StringDataType.INSTANCE);
    }

    Optional<Entry> get(EntryKey key) {
        return Optional.ofNullable(entries.get(key.render())).map(Entry::parse);
    }

    /** What a stored key begins with. */
    void each(String prefix, BiConsumer<EntryKey, Entry> consumer) {
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
        String first = entries.ceilingKey(prefix);
        return first != null && first.startsWith(prefix);
    }

    /** Every index of a namespace that lists any digests, with these. */
    void eachIndex(String prefix, BiConsumer<EntryKey, List<String>> consumer) {
        Iterator<String> keys = needs.keyIterator(prefix);
        while (keys.hasNext()) {
            String key = keys.next();
            if (!key.startsWith(prefix)) {
                return;
            }
            EntryKey index = EntryKey.parse(key);
            consumer.accept(index, needs(index));
        }
    }

    /** What was done in scopes, by their prefix; changes last from the next commit on. */
    Map<String, String> tallies() {
        return tallies;
    }

    /** The digests that an index lists; none for other entries. */
    List<String> needs(EntryKey key) {
        String digests = needs.get(key.render());
        return digests == null || digests.isEmpty() ? List.of() : List.of(digests.split(" ", -1));
    }

    void put(EntryKey key, Entry entry, List<String> digests) {
        if (!digests.isEmpty()) {
            needs.put(key.render(), String.join(" ", digests));
        }
        entries.put(key.render(), entry.render());
    }

    void remove(EntryKey key) {
        entries.remove(key.render());
        needs.remove(key.render());
    }

    void use(Map<EntryKey, Long> times) {
        times.forEach((key, time) -> get(key).ifPresent(
                        entry -> entries.put(key.render(), entry.usedAt(time).render())));
    }

    /** Makes every change up to now last. */
    void commit() {
        store.commit();
    }

    @Override
    public void close() {
        store.commit();
        store.close(COMPACT_MILLIS);
    }
}
