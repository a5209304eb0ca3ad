package io.buildkitci.cacheservice.store;

import io.buildkitci.cacheservice.store.CacheStore.Found;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Keeps holdings within their limits. Its caller puts its calls one after another. */
final class Room {
    /** Room is made for more than the one that needs it, so that not every upload looks at all entries. */
    private static final int PERCENT = 90;

    private final Holdings holdings;
    private final Leases leases;
    private final Limits limits;
    private final Consumer<EntryKey> told;

    /** @param told of every entry that goes */
    Room(Holdings holdings, Leases leases, Limits limits, Consumer<EntryKey> told) {
        this.holdings = holdings;
        this.leases = leases;
        this.limits = limits;
        this.told = told;
    }

    /**
     * Makes room for a content, also where another scope has it: what is evicted must not tell.
     *
     * @return whether there is room; there is none while all that could go is being read
     */
    boolean make(String namespace, long size) {
        return fit(EntryKey.prefix(namespace), () -> holdings.usage().of(namespace), limits.perNamespace(), size)
                && fit("", holdings.usage()::total, limits.total(), size);
    }

    /** Brings a namespace that others were moved to back within its limit; who reads what goes reads it to its end. */
    void shrink(String namespace) {
        LongSupplier taken = () -> holdings.usage().of(namespace);
        if (taken.getAsLong() > limits.perNamespace()) {
            evict(EntryKey.prefix(namespace), () -> taken.getAsLong() <= limits.perNamespace(), candidate -> true);
        }
    }

    /** Of an index the newest generations stay; one has just been put. */
    void trim(EntryKey newest) {
        if (newest.generations().isEmpty()) {
            return;
        }
        holdings.all(newest.generations().get().render()).stream()
                .sorted(Comparator.comparingLong((Found f) -> f.entry().created())
                        .thenComparing(f -> f.key().equals(newest))
                        .reversed())
                .skip(limits.generations())
                .forEach(old -> holdings.forget(old.key(), old.entry()));
    }

    private boolean fit(String prefix, LongSupplier taken, long limit, long size) {
        if (taken.getAsLong() <= limit - size) {
            return true;
        }
        long goal = Math.min(limit / 100 * PERCENT, limit - size);
        evict(
                prefix,
                () -> taken.getAsLong() <= goal,
                c -> !leases.isTaken(c.entry().sha256()));
        return taken.getAsLong() <= limit - size;
    }

    private void evict(String prefix, BooleanSupplier enough, Predicate<Eviction.Candidate> mayGo) {
        Map<String, Set<String>> gone = new HashMap<>();
        for (Eviction.Candidate next : Eviction.order(holdings.candidates(prefix))) {
            if (enough.getAsBoolean()) {
                break;
            }
            if (mayGo.test(next)) {
                holdings.forget(next.key(), next.entry());
                told.accept(next.key());
                gone.computeIfAbsent(next.key().namespace(), n -> new HashSet<>())
                        .add(next.entry().sha256());
            }
        }
        gone.forEach(holdings::forgetIndexesOf);
    }
}
