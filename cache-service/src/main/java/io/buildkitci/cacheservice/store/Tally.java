package io.buildkitci.cacheservice.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What was done in one scope, as long as it is remembered. */
final class Tally {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final AtomicLong used = new AtomicLong();

    /** @param stored as {@link #render} gave it */
    static Tally parse(String stored) {
        String[] parts = stored.split(" ", -1);
        Tally tally = new Tally();
        tally.hits.add(Long.parseLong(parts[0]));
        tally.misses.add(Long.parseLong(parts[1]));
        tally.evicted.add(Long.parseLong(parts[2]));
        tally.used.set(Long.parseLong(parts[3]));
        return tally;
    }

    String render() {
        return hits.sum() + " " + misses.sum() + ' ' + evicted.sum() + ' ' + used.get();
    }

    void hit(long now) {
        hits.increment();
        use(now);
    }

    void miss(long now) {
        misses.increment();
        use(now);
    }

    void use(long now) {
        used.accumulateAndGet(now, Math::max);
    }

    void evict() {
        evicted.increment();
    }

    void add(Tally other) {
        hits.add(other.hits.sum());
        misses.add(other.misses.sum());
        evicted.add(other.evicted.sum());
        use(other.used.get());
    }

    Stats.Traffic traffic() {
        return new Stats.Traffic(hits.sum(), misses.sum(), evicted.sum(), used.get());
    }
}
