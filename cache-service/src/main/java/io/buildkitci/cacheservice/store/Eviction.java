package io.buildkitci.cacheservice.store;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what goes first when there is no room: what was not used for longest. A content counts as used when an index
 * that lists it was, and an index goes before its contents: what is left is a cache that works.
 */
final class Eviction {
    private Eviction() {}

    /**
     * An entry that could go.
     *
     * @param needs the digests that it lists, if it is an index
     */
    record Candidate(EntryKey key, Entry entry, List<String> needs) {
        Candidate {
            needs = List.copyOf(needs);
        }
    }

    /** The same, the first to go first. */
    static List<Candidate> order(List<Candidate> candidates) {
        Map<String, Map<String, Long>> listed = new HashMap<>();
        for (Candidate index : candidates) {
            Map<String, Long> used = listed.computeIfAbsent(index.key().namespace(), n -> new HashMap<>());
            for (String digest : index.needs()) {
                used.merge(digest, index.entry().used(), Math::max);
            }
        }
        Comparator<Candidate> byUse = Comparator.comparingLong(c -> lastUse(c, listed));
        return candidates.stream()
                .sorted(byUse.thenComparing(c -> !c.key().isIndex())
                        .thenComparingLong(c -> c.entry().created())
                        .thenComparing(c -> c.key().render()))
                .toList();
    }

    private static long lastUse(Candidate candidate, Map<String, Map<String, Long>> listed) {
        long byIndex = listed.getOrDefault(candidate.key().namespace(), Map.of())
                .getOrDefault(candidate.entry().sha256(), 0L);
        return Math.max(candidate.entry().used(), byIndex);
    }
}
