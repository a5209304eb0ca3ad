package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A store of cache entries. Safe for use by several threads, and by one process at a time.
 *
 * <p>An entry can be seen from the moment it is finished: it is complete then, and its content is what its key says. A
 * process killed at any moment loses none of those and leaves at most files that the next start removes.
 */
public final class CacheStore implements AutoCloseable {
    /** Of a scope that has no entry left, what was done in it is remembered as long. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Limits limits;
    private final InstantSource clock;
    private final Index index;
    private final Uploads uploads;
    private final Holdings holdings;
    private final Tallies tallies;
    private final Room room;
    private final Finishing finishing;
    private final Cleaning cleaning;
    private final Reading reading;
    private final Search search;
    private final Counter counter = new Counter();
    private final Leases leases;

    private int leftovers;

    private CacheStore(
            Index index, Path directory, Limits limits, InstantSource clock, Supplier<String> ids, Executor aside)
            throws IOException {
        this.limits = limits;
        this.clock = clock;
        this.leases = new Leases(clock);
        this.index = index;
        Trash trash = new Trash(directory.resolve("trash"), aside);
        Blobs blobs = new Blobs(directory.resolve("blobs"), trash);
        this.uploads = new Uploads(directory.resolve("uploads"), ids, trash, aside, limits);
        this.holdings = new Holdings(index, blobs, leases, trash);
        this.tallies = new Tallies(index);
        this.room = new Room(holdings, leases, limits, this::evicted);
        this.finishing = new Finishing(holdings, blobs, room, uploads, limits, clock, counter);
        this.cleaning = new Cleaning(holdings, blobs, leases, counter);
        this.reading = new Reading(holdings, blobs, leases, cleaning);
        this.search = new Search(holdings, reading::isSound);
    }

    private void evicted(EntryKey key) {
        counter.evicted();
        tallies.of(key.namespace(), key.scope()).evict();
    }

    /**
     * Opens the store in a directory, which is made if need be, and removes what a killed process left half done.
     *
     * @param ids names that nobody can guess
     * @param aside runs what nobody waits for, until this is closed
     * @throws IOException also when another process has it open
     */
    public static CacheStore open(
            Path directory, Limits limits, InstantSource clock, Supplier<String> ids, Executor aside)
            throws IOException {
        Files.createDirectories(directory);
        Index index = Index.open(directory.resolve("index.mv"));
        try {
            CacheStore store = new CacheStore(index, directory, limits, clock, ids, aside);
            store.leftovers = store.collect();
            return store;
        } catch (IOException | RuntimeException e) {
            index.close();
            throw e;
        }
    }

    /** How many files and entries of a killed process its opening removed. */
    public int leftovers() {
        return leftovers;
    }

    /** What came of an upload. */
    public sealed interface Finished {}

    /** It can be seen from now on. */
    public record Kept(Entry entry) implements Finished {}

    /** It was thrown away, for a reason that its sender may read. */
    public record Refused(String reason) implements Finished {}

    /** An entry that was asked for. */
    public record Found(EntryKey key, Entry entry) {}

    /** A place for the content of a new entry. Whoever else has one for the same key is not in the way. */
    public Upload begin(EntryKey key) throws IOException {
        return uploads.begin(key);
    }

    /** One that was begun and not finished yet. */
    public Optional<Upload> upload(String id) {
        return uploads.get(id);
    }

    /** Makes an upload of this key and size an entry; where several are, any one of them. */
    public Finished finish(EntryKey key, long size) {
        List<Upload> all = uploads.of(key);
        return all.stream()
                .filter(u -> u.claim(size))
                .findFirst()
                .map(finishing::finish)
                .orElseGet(() -> finishing.refuse(
                        all.isEmpty() ? "nothing was uploaded for this key" : "not all of it was uploaded"));
    }

    /** Makes one upload an entry, if it has this size. */
    public Finished finish(Upload upload, long size) {
        return upload.claim(size) ? finishing.finish(upload) : finishing.refuse("not all of it was uploaded");
    }

    /**
     * What is stored under a key or, failing that, under the newest key that begins with one of the prefixes: in the first
     * scope that has any.
     *
     * @param scopes in order of preference; the first one is whose look-up it is
     */
    public Optional<Found> find(
            String namespace, List<String> scopes, String version, String key, List<String> prefixes) {
        long now = clock.millis();
        Optional<Found> found = scopes.stream()
                .flatMap(scope -> search.find(new EntryKey(namespace, scope, version, key), prefixes).stream())
                .findFirst();
        found.ifPresentOrElse(
                f -> {
                    leases.promise(f.entry().sha256());
                    holdings.use(f.key(), now);
                    tallies.of(namespace, f.key().scope()).use(now);
                    counter.hit();
                },
                counter::miss);
        scopes.stream().findFirst().map(own -> tallies.of(namespace, own)).ifPresent(tally -> {
            if (found.isPresent()) {
                tally.hit(now);
            } else {
                tally.miss(now);
            }
        });
        return found;
    }

    /** Whether there is an entry under exactly this key. */
    public boolean exists(EntryKey key) {
        return holdings.get(key)
                .map(entry -> new Found(key, entry))
                .filter(reading::isThere)
                .isPresent();
    }

    /**
     * Opens the content of an entry that was found, also when the entry has gone since; as long as it is open, it stays.
     *
     * @param sha256 the content that the entry had when it was found: another one is not given
     * @return empty when it is gone, or was found damaged, which removes it
     */
    public Optional<Content> open(EntryKey key, String sha256) {
        return reading.open(key, sha256);
    }

    /** Removes all of a namespace, and ends uploads to it. What is read now is read to its end. */
    public void dropNamespace(String namespace) {
        dropAll(EntryKey.prefix(namespace));
    }

    /** Removes all of one scope, and ends uploads to it. What is read now is read to its end. */
    public void dropScope(String namespace, String scope) {
        dropAll(EntryKey.prefix(namespace, scope));
    }

    private void dropAll(String prefix) {
        synchronized (holdings) {
            uploads.cancel(prefix);
            holdings.all(prefix).forEach(found -> holdings.forget(found.key(), found.entry()));
            tallies.remove(prefix);
            tallies.flush();
            holdings.commit();
        }
    }

    /**
     * Gives a namespace another name, with all its scopes: all at once, and only the index changes. Uploads under way end up
     * under the new name, and addresses of contents that were given out stay good. What was stored under the new name already
     * stays beside it; where both have the same key, what is renamed stays.
     *
     * <p>Tokens for the old name go on to mean the old name: end them, or what they store is kept under it.
     */
    public void renameNamespace(String from, String to) {
        if (from.equals(to)) {
            return;
        }
        synchronized (holdings) {
            uploads.rename(from, to);
            holdings.rename(from, to);
            room.shrink(to);
            tallies.rename(from, to);
            tallies.flush();
            holdings.commit();
        }
    }

    /**
     * Removes what nothing refers to: files of uploads that nobody goes on with, contents without an entry, entries
     * without a content.
     *
     * @return how many files and entries went
     */
    public int collect() throws IOException {
        long now = clock.millis();
        int removed = uploads.collect(now - limits.unfinished().toMillis());
        tallies.forgetUnused(now - REMEMBERED.toMillis());
        leases.forgetOld();
        synchronized (holdings) {
            tallies.flush();
            holdings.commitUses();
        }
        return removed + cleaning.collect();
    }

    /** Reads every content through and removes those that are damaged; the number of these. */
    public int verify() {
        return cleaning.verify();
    }

    /** What is kept in all. */
    public Stats.Totals totals() {
        synchronized (holdings) {
            Usage usage = holdings.usage();
            int namespaces = usage.namespaces().size();
            return new Stats.Totals(
                    usage.total(), limits.total(), usage.contents(), uploads.size(), namespaces, counter.counts());
        }
    }

    /** What is kept, by namespace and scope. */
    public Stats stats() {
        List<Found> entries = holdings.all("");
        synchronized (holdings) {
            return new Stats(totals(), new StatsTaker(holdings.usage(), tallies.all()).take(entries));
        }
    }

    /** Gives up what is on its way in and closes; nothing may be open any more. */
    @Override
    public void close() {
        cleaning.end();
        uploads.endAll();
        synchronized (holdings) {
            tallies.flush();
            holdings.commitUses();
            holdings.end();
            index.close();
        }
    }
}
