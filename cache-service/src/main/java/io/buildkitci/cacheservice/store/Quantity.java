package io.buildkitci.cacheservice.store;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/** How much is on its way in: one content within what can be kept of it, all of them together within the quota. */
final class Quantity {
    private final long ofOne;
    private final long ofAll;
    private final AtomicLong taken = new AtomicLong();

    Quantity(long ofOne, long ofAll) {
        this.ofOne = ofOne;
        this.ofAll = ofAll;
    }

    /**
     * Takes room for a file that grows.
     *
     * @throws IOException when there is none
     */
    void grow(long from, long to) throws IOException {
        if (to > ofOne) {
            throw new IOException("more than the " + ofOne + " bytes that are kept of one content");
        }
        if (taken.addAndGet(to - from) > ofAll) {
            taken.addAndGet(from - to);
            throw new IOException("more than the " + ofAll + " bytes that are kept in all are on their way in");
        }
    }

    void giveBack(long length) {
        taken.addAndGet(-length);
    }
}
