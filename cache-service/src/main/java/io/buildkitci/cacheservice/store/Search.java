package io.buildkitci.cacheservice.store;

import io.buildkitci.cacheservice.store.CacheStore.Found;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks an entry up in one scope: under its key or, failing that, under the newest key that begins with one of the prefixes.
 *
 * @param isThere whether the content of an entry is
 */
record Search(Holdings holdings, Predicate<Found> isThere) {
    private static final Comparator<Found> NEWEST = Comparator.comparingLong(
                    (Found f) -> f.entry().created())
            .thenComparing(f -> f.key().key().length())
            .thenComparing(f -> f.key().key())
            .reversed();

    Optional<Found> find(EntryKey key, List<String> prefixes) {
        Optional<Found> found =
                holdings.get(key).map(entry -> new Found(key, entry)).filter(isThere);
        for (String prefix : prefixes) {
            found = found.or(() -> newest(new EntryKey(key.namespace(), key.scope(), key.version(), prefix)));
        }
        return found;
    }

    private Optional<Found> newest(EntryKey prefix) {
        return holdings.all(prefix.render()).stream()
                .sorted(NEWEST)
                .filter(isThere)
                .findFirst();
    }
}
