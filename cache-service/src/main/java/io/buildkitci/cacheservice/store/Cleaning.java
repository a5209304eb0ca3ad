package io.buildkitci.cacheservice.store;

import io.buildkitci.cacheservice.store.CacheStore.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Removes what is lost, damaged or without use. Others may read and write all the while. */
final class Cleaning {
    private final Holdings holdings;
    private final Blobs blobs;
    private final Leases leases;
    private final Counter counter;
    private volatile boolean over;

    Cleaning(Holdings holdings, Blobs blobs, Leases leases, Counter counter) {
        this.holdings = holdings;
        this.blobs = blobs;
        this.leases = leases;
        this.counter = counter;
    }

    /** Stops what is under way soon. */
    void end() {
        over = true;
    }

    /**
     * Removes every entry of a content that is lost, and every index that cannot do without it.
     *
     * @return whether it is lost
     */
    boolean drop(Entry lost) {
        synchronized (holdings) {
            String sha256 = lost.sha256();
            if (!blobs.isLost(sha256, lost.size())) {
                return false;
            }
            for (Found found : holdings.all("")) {
                if (found.entry().sha256().equals(sha256)) {
                    holdings.forget(found.key(), found.entry());
                    holdings.forgetIndexesOf(found.key().namespace(), Set.of(sha256));
                    counter.dropped();
                }
            }
            holdings.commit();
            return true;
        }
    }

    /** Entries without a content, and contents without an entry; how many. */
    int collect() throws IOException {
        int removed = 0;
        for (Found found : holdings.all("")) {
            Entry entry = found.entry();
            if (over) {
                return removed;
            }
            removed += !blobs.exists(entry.sha256(), entry.size()) && drop(entry) ? 1 : 0;
        }
        for (Path file : blobs.files()) {
            removed += removeUnused(file) ? 1 : 0;
        }
        return removed;
    }

    private boolean removeUnused(Path file) throws IOException {
        String name = file.getFileName().toString();
        synchronized (holdings) {
            return !holdings.usage().isUsed(name) && !leases.isTaken(name) && Files.deleteIfExists(file);
        }
    }

    /** Reads every content through and removes those that are damaged; the number of these. */
    int verify() {
        int damaged = 0;
        Set<String> seen = new HashSet<>();
        for (Found found : holdings.all("")) {
            Entry entry = found.entry();
            if (over) {
                return damaged;
            }
            boolean first = seen.add(entry.sha256());
            damaged += first && !blobs.isSoundNow(entry.sha256()) && drop(entry) ? 1 : 0;
        }
        return damaged;
    }
}
