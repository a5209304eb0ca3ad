package io.buildkitci.cacheservice.store;

import io.buildkitci.cacheservice.store.CacheStore.Found;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Looks at contents and opens them; one that turns out to be lost goes, with the indexes that need it. */
record Reading(Holdings holdings, Blobs blobs, Leases leases, Cleaning cleaning) {
    /** An entry whose file is gone or has another length is no entry any more. */
    boolean isThere(Found found) {
        boolean there = blobs.exists(found.entry().sha256(), found.entry().size());
        if (!there) {
            cleaning.drop(found.entry());
        }
        return there;
    }

    /** One that is damaged is found out before it is promised: once in the life of this process it is read through. */
    boolean isSound(Found found) {
        if (isThere(found) && blobs.isSound(found.entry().sha256())) {
            return true;
        }
        cleaning.drop(found.entry());
        return false;
    }

    /** As {@link CacheStore#open} says. */
    Optional<Content> open(EntryKey key, String sha256) {
        return holdings.get(key)
                .filter(e -> e.sha256().equals(sha256))
                .or(() -> promised(sha256))
                .flatMap(this::open);
    }

    /** What was found, and whose entry has gone or got another name since. */
    private Optional<Entry> promised(String sha256) {
        return leases.isPromised(sha256)
                ? blobs.size(sha256).map(size -> new Entry(sha256, size, 0, 0))
                : Optional.empty();
    }

    private Optional<Content> open(Entry entry) {
        Leases.Lease lease = leases.take(entry.sha256());
        try {
            if (blobs.exists(entry.sha256(), entry.size()) && blobs.isSound(entry.sha256())) {
                FileChannel file = FileChannel.open(blobs.file(entry.sha256()), StandardOpenOption.READ);
                return Optional.of(new Content(file, entry.size(), lease));
            }
        } catch (IOException e) {
            // it cannot be read now
        }
        lease.close();
        cleaning.drop(entry);
        return Optional.empty();
    }
}
