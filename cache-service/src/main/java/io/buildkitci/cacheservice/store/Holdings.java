package io.buildkitci.cacheservice.store;

import io.buildkitci.cacheservice.store.CacheStore.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The entries, their contents and their sums, which change together. Changes are the caller's to put one after another, and
 * last from {@link #commit} on; reading may go on meanwhile.
 *
 * <p>A content is in its place before its entry is, and goes after it: a process that dies leaves a file too many, never an
 * entry too many.
 */
final class Holdings {
    private static final int COMMITS_BETWEEN_LOOKS = 64;
    private static final int MOST_GATHERED = 8;

    private final Index index;
    private final Blobs blobs;
    private final Leases leases;
    private final Trash trash;
    private final Usage usage = new Usage();
    private final Map<EntryKey, Long> used = new ConcurrentHashMap<>();

    /** Contents that lost an entry, and maybe the last; their files are still there. */
    private final Set<String> unused = new LinkedHashSet<>();

    private final AtomicBoolean tidying = new AtomicBoolean();
    private int commits;

    private boolean over;

    Holdings(Index index, Blobs blobs, Leases leases, Trash trash) {
        this.index = index;
        this.blobs = blobs;
        this.leases = leases;
        this.trash = trash;
        index.each("", usage::add);
    }

    Usage usage() {
        return usage;
    }

    Optional<Entry> get(EntryKey key) {
        return index.get(key);
    }

    /** Those whose stored key begins so. */
    List<Found> all(String prefix) {
        List<Found> all = new ArrayList<>();
        index.each(prefix, (key, entry) -> all.add(new Found(key, entry)));
        return all;
    }

    /** The same with what indexes list. */
    List<Eviction.Candidate> candidates(String prefix) {
        flushUses();
        List<Eviction.Candidate> all = new ArrayList<>();
        index.each(prefix, (key, entry) -> all.add(new Eviction.Candidate(key, entry, index.needs(key))));
        return all;
    }

    /** It was asked for. */
    void use(EntryKey key, long now) {
        used.put(key, now);
    }

    private void flushUses() {
        Map<EntryKey, Long> times = new HashMap<>(used);
        index.use(times);
        times.forEach(used::remove);
    }

    void put(EntryKey key, Entry entry, List<String> needs) {
        get(key).ifPresent(old -> forget(key, old));
        index.put(key, entry, needs);
        usage.add(key, entry);
    }

    void forget(EntryKey key, Entry entry) {
        index.remove(key);
        used.remove(key);
        usage.remove(key, entry);
        unused.add(entry.sha256());
    }

    /** Forgets every index of a namespace that lists any of these digests, as far as they are gone from there. */
    void forgetIndexesOf(String namespace, Set<String> digests) {
        List<String> gone =
                digests.stream().filter(d -> !usage.isUsed(namespace, d)).toList();
        if (gone.isEmpty()) {
            return;
        }
        Set<String> missing = Set.copyOf(gone);
        List<EntryKey> broken = new ArrayList<>();
        index.eachIndex(EntryKey.prefix(namespace), (key, needs) -> {
            if (needs.stream().anyMatch(missing::contains)) {
                broken.add(key);
            }
        });
        broken.forEach(key -> get(key).ifPresent(entry -> forget(key, entry)));
    }

    /** Moves all entries of a namespace to another; of two under one key the one that is moved stays. */
    void rename(String from, String to) {
        for (Eviction.Candidate moving : candidates(EntryKey.prefix(from))) {
            put(moving.key().in(to), moving.entry(), moving.needs());
            forget(moving.key(), moving.entry());
        }
    }

    /**
     * Makes every change up to now last. The contents that are not used any more and that nobody reads are removed soon: to
     * wait for it would tell whose content nobody else has.
     *
     * @return whether it lasts: there may be no room for it
     */
    boolean commit() {
        boolean lasts = index.commit();
        if (lasts && !unused.isEmpty()) {
            List<String> gone = List.copyOf(unused);
            trash.later(() -> remove(gone));
        }
        if (lasts && ++commits % COMMITS_BETWEEN_LOOKS == 0) {
            tidy();
        }
        return lasts;
    }

    /** Keeps the index's file in proportion to what is in it; others go on meanwhile but for moments. */
    private void tidy() {
        if (index.isSparse() && !tidying.getAndSet(true)) {
            trash.later(() -> {
                try {
                    index.sync();
                    reuse();
                    for (int i = 0; i < MOST_GATHERED && gather(); i++) {
                        // until there is no more, or enough for now
                    }
                } finally {
                    tidying.set(false);
                }
            });
        }
    }

    private synchronized void reuse() {
        index.reuse();
    }

    private synchronized boolean gather() {
        return index.gather();
    }

    private synchronized void remove(List<String> gone) {
        for (String sha256 : over ? List.<String>of() : gone) {
            if (usage.isUsed(sha256) || removed(sha256)) {
                unused.remove(sha256);
            }
        }
    }

    private boolean removed(String sha256) {
        if (leases.isTaken(sha256)) {
            return false;
        }
        try {
            blobs.remove(sha256);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes nothing from now on: another process may have the files. The next start removes what is left. */
    void end() {
        over = true;
    }

    /** Makes what is remembered of uses last, too. */
    void commitUses() {
        flushUses();
        if (commit()) {
            tidy();
        }
    }
}
