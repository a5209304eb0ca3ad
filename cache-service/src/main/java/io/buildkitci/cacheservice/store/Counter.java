package io.buildkitci.cacheservice.store;

import java.util.concurrent.atomic.LongAdder;

/** Counts what is done. */
final class Counter {
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    void stored() {
        stored.increment();
    }

    void refused() {
        refused.increment();
    }

    void evicted() {
        evicted.increment();
    }

    void dropped() {
        dropped.increment();
    }

    Stats.Counts counts() {
        return new Stats.Counts(hits.sum(), misses.sum(), stored.sum(), refused.sum(), evicted.sum(), dropped.sum());
    }
}
