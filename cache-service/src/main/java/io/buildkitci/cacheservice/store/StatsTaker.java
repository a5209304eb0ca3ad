package io.buildkitci.cacheservice.store;

import io.buildkitci.cacheservice.store.CacheStore.Found;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what is kept, by namespace and scope; also of scopes that have nothing left. */
record StatsTaker(Usage usage, Map<String, Tally> tallies) {
    /** One scope while it is added up; a content counts once in it. */
    private static final class Sum {
        private final Map<String, Long> contents = new HashMap<>();
        private Stats.Traffic traffic = Stats.Traffic.NONE;
        private int entries;
        private int indexes;

        void add(EntryKey key, Entry entry) {
            contents.put(entry.sha256(), entry.size());
            entries++;
            indexes += key.isIndex() ? 1 : 0;
            traffic = traffic.plus(new Stats.Traffic(0, 0, 0, entry.used()));
        }

        Stats.OfScope named(String name) {
            long bytes = contents.values().stream().mapToLong(Long::longValue).sum();
            return new Stats.OfScope(name, bytes, entries, indexes, traffic);
        }
    }

    List<Stats.OfNamespace> take(List<Found> entries) {
        Map<String, Map<String, Sum>> sums = new TreeMap<>();
        entries.forEach(
                found -> sum(sums, found.key().namespace(), found.key().scope()).add(found.key(), found.entry()));
        tallies.forEach((prefix, tally) -> {
            String[] names = EntryKey.names(prefix);
            Sum sum = sum(sums, names[0], names[1]);
            sum.traffic = sum.traffic.plus(tally.traffic());
        });
        return sums.entrySet().stream()
                .map(namespace -> ofNamespace(namespace.getKey(), namespace.getValue()))
                .toList();
    }

    private static Sum sum(Map<String, Map<String, Sum>> sums, String namespace, String scope) {
        return sums.computeIfAbsent(namespace, n -> new TreeMap<>()).computeIfAbsent(scope, s -> new Sum());
    }

    private Stats.OfNamespace ofNamespace(String name, Map<String, Sum> sums) {
        List<Stats.OfScope> scopes = sums.entrySet().stream()
                .map(s -> s.getValue().named(s.getKey()))
                .toList();
        int entries = scopes.stream().mapToInt(Stats.OfScope::entries).sum();
        Stats.Traffic traffic =
                scopes.stream().map(Stats.OfScope::traffic).reduce(Stats.Traffic.NONE, Stats.Traffic::plus);
        return new Stats.OfNamespace(name, usage.of(name), entries, traffic, scopes);
    }
}
