package io.buildkitci.cacheservice.store;

import io.buildkitci.cacheservice.store.IndexFile.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;

/**
 * Which entries there are, in one file that is never torn: what was committed is there after a {@code kill -9}, what was
 * not is not. Changes are the caller's to put one after another; reading may go on meanwhile.
 *
 * <p>A disk that is full makes MVStore close itself. Then the file is opened again and what was not committed is done again, to
 * be committed when there is room.
 */
final class Index implements AutoCloseable {
    private final Path path;
    private final Map<Place, Optional<String>> changes = new LinkedHashMap<>();

    /** Whoever closes the file or opens it again waits for those who read. */
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();

    private volatile IndexFile file;
    private volatile boolean over;

    /** A key in one of the file's parts. */
    private record Place(Part part, String key) {}

    private Index(Path path) {
        this.path = path;
        this.file = new IndexFile(path);
    }

    /** @throws IOException when another process has it open, or it cannot be read */
    static Index open(Path file) throws IOException {
        try {
            return new Index(file);
        } catch (MVStoreException e) {
            throw new IOException(file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** @param reading must not read anything else of this */
    private <T> T read(Part part, Function<MVMap<String, String>, T> reading) {
        while (true) {
            IndexFile now = file;
            inUse.readLock().lock();
            try {
                if (now == file && (over || !now.isClosed())) {
                    return now.reading(part, reading);
                }
            } catch (MVStoreException e) {
                if (over || !now.isClosed()) {
                    throw e;
                }
            } finally {
                inUse.readLock().unlock();
            }
            again(now);
        }
    }

    private synchronized void change(Part part, String key, Optional<String> value) {
        changes.put(new Place(part, key), value);
        IndexFile now = file;
        try {
            now.change(part, key, value);
        } catch (MVStoreException e) {
            again(now);
        }
    }

    /** Opens the file again, unless somebody has. */
    private synchronized void again(IndexFile broken) {
        if (file != broken || over) {
            return;
        }
        inUse.writeLock().lock();
        try {
            broken.abandon();
            IndexFile opened = new IndexFile(path);
            changes.forEach((place, value) -> opened.change(place.part(), place.key(), value));
            file = opened;
        } finally {
            inUse.writeLock().unlock();
        }
    }

    Optional<Entry> get(EntryKey key) {
        String entry = read(Part.ENTRIES, entries -> entries.get(key.render()));
        return Optional.ofNullable(entry).map(Entry::parse);
    }

    /** What a stored key begins with. */
    void each(String prefix, BiConsumer<EntryKey, Entry> consumer) {
        for (Stored entry : below(prefix, Part.ENTRIES)) {
            consumer.accept(EntryKey.parse(entry.key()), Entry.parse(entry.value()));
        }
    }

    private record Stored(String key, String value) {}

    private List<Stored> below(String prefix, Part part) {
        return read(part, map -> {
            List<Stored> all = new ArrayList<>();
            Iterator<String> keys = map.keyIterator(prefix);
            while (keys.hasNext()) {
                String key = keys.next();
                if (!key.startsWith(prefix)) {
                    return all;
                }
                String value = map.get(key);
                if (value != null) {
                    all.add(new Stored(key, value));
                }
            }
            return all;
        });
    }

    /** Whether any stored key begins so. */
    boolean has(String prefix) {
        String first = read(Part.ENTRIES, entries -> entries.ceilingKey(prefix));
        return first != null && first.startsWith(prefix);
    }

    /** Every index of a namespace that lists any digests, with these. */
    void eachIndex(String prefix, BiConsumer<EntryKey, List<String>> consumer) {
        for (Stored index : below(prefix, Part.NEEDS)) {
            consumer.accept(EntryKey.parse(index.key()), digests(index.value()));
        }
    }

    /** What was done in scopes, by their prefix. */
    Map<String, String> tallies() {
        return read(Part.TALLIES, Map::copyOf);
    }

    /** @param tally empty to forget it */
    void tally(String scope, Optional<String> tally) {
        change(Part.TALLIES, scope, tally);
    }

    /** The digests that an index lists; none for other entries. */
    List<String> needs(EntryKey key) {
        String digests = read(Part.NEEDS, needs -> needs.get(key.render()));
        return digests == null ? List.of() : digests(digests);
    }

    private static List<String> digests(String stored) {
        return stored.isEmpty() ? List.of() : List.of(stored.split(" ", -1));
    }

    void put(EntryKey key, Entry entry, List<String> digests) {
        if (!digests.isEmpty()) {
            change(Part.NEEDS, key.render(), Optional.of(String.join(" ", digests)));
        }
        change(Part.ENTRIES, key.render(), Optional.of(entry.render()));
    }

    void remove(EntryKey key) {
        change(Part.ENTRIES, key.render(), Optional.empty());
        if (key.isIndex()) {
            change(Part.NEEDS, key.render(), Optional.empty());
        }
    }

    void use(Map<EntryKey, Long> times) {
        times.forEach((key, time) -> get(key).ifPresent(entry -> change(
                Part.ENTRIES, key.render(), Optional.of(entry.usedAt(time).render()))));
    }

    /**
     * Makes every change up to now last.
     *
     * @return whether it does: there may be no room now, and then the next one tries again
     */
    synchronized boolean commit() {
        IndexFile now = file;
        try {
            now.commit();
            changes.clear();
            return true;
        } catch (MVStoreException e) {
            again(now);
            return false;
        }
    }

    /** Whether its file is large for what it holds. Looks through all parts of the file. */
    boolean isSparse() {
        return !over && file.isSparse();
    }

    /** Has the disk write what was committed, while others go on: {@link #reuse} waits less for it then. */
    void sync() {
        inUse.readLock().lock();
        try {
            file.sync();
        } catch (MVStoreException e) {
            // it says so again where it matters
        } finally {
            inUse.readLock().unlock();
        }
    }

    /** Has room used again that nothing needs any more. Between changes only. */
    synchronized void reuse() {
        tidy(IndexFile::reuse);
    }

    /**
     * Moves some of what is scattered together, so that there is more to {@link #reuse} the next time. Between changes only.
     *
     * @return whether there was any
     */
    synchronized boolean gather() {
        return tidy(IndexFile::gather);
    }

    private boolean tidy(Predicate<IndexFile> tidying) {
        if (over || !commit()) {
            return false;
        }
        IndexFile now = file;
        try {
            return tidying.test(now);
        } catch (MVStoreException e) {
            again(now);
            return false;
        }
    }

    @Override
    public synchronized void close() {
        boolean lasts = commit();
        over = true;
        inUse.writeLock().lock();
        try {
            if (lasts) {
                file.close();
            } else {
                file.abandon();
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }
}
