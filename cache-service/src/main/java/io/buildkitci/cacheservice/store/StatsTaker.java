package io.buildkitci.cacheservice.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Adds up what is kept. */
record StatsTaker(Usage usage, Limits limits, Stats.Counts counts, int uploads) {
    /** One scope while it is added up; a content counts once in it. */
    private static final class Sum {
        private final Map<String, Long> contents = new HashMap<>();
        private int entries;
        private int indexes;
        private long used;

        void add(EntryKey key, Entry entry) {
            contents.put(entry.sha256(), entry.size());
            entries++;
            indexes += key.isIndex() ? 1 : 0;
            used = Math.max(used, entry.used());
        }

        Stats.OfScope named(String name) {
            long bytes = contents.values().stream().mapToLong(Long::longValue).sum();
            return new Stats.OfScope(name, bytes, entries, indexes, used);
        }
    }

    Stats take(Consumer<BiConsumer<EntryKey, Entry>> entries) {
        Map<String, Map<String, Sum>> sums = new TreeMap<>();
        entries.accept((key, entry) -> sums.computeIfAbsent(key.namespace(), n -> new TreeMap<>())
                .computeIfAbsent(key.scope(), s -> new Sum())
                .add(key, entry));
        List<Stats.OfNamespace> namespaces = sums.entrySet().stream()
                .map(namespace -> ofNamespace(namespace.getKey(), namespace.getValue()))
                .toList();
        return new Stats(usage.total(), limits.total(), usage.contents(), uploads, namespaces, counts);
    }

    private Stats.OfNamespace ofNamespace(String name, Map<String, Sum> sums) {
        List<Stats.OfScope> scopes = sums.entrySet().stream()
                .map(s -> s.getValue().named(s.getKey()))
                .toList();
        int entries = scopes.stream().mapToInt(Stats.OfScope::entries).sum();
        return new Stats.OfNamespace(name, usage.of(name), entries, scopes);
    }
}
