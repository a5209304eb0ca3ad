package io.buildkitci.cacheservice.store;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many bytes are kept, in all and for each namespace; a content counts once in each, however many refer to it. */
final class Usage {
    private final Map<String, Map<String, Integer>> references = new HashMap<>();
    private final Map<String, Integer> owners = new HashMap<>();
    private final Map<String, Long> bytes = new TreeMap<>();
    private long total;

    void add(EntryKey key, Entry entry) {
        Map<String, Integer> own = references.computeIfAbsent(key.namespace(), n -> new HashMap<>());
        if (own.merge(entry.sha256(), 1, Integer::sum) == 1) {
            bytes.merge(key.namespace(), entry.size(), Long::sum);
            if (owners.merge(entry.sha256(), 1, Integer::sum) == 1) {
                total += entry.size();
            }
        }
    }

    void remove(EntryKey key, Entry entry) {
        Map<String, Integer> own = references.getOrDefault(key.namespace(), new HashMap<>());
        if (!own.containsKey(entry.sha256()) || own.merge(entry.sha256(), -1, Integer::sum) > 0) {
            return;
        }
        own.remove(entry.sha256());
        bytes.merge(key.namespace(), -entry.size(), Long::sum);
        if (own.isEmpty()) {
            references.remove(key.namespace());
            bytes.remove(key.namespace());
        }
        if (owners.merge(entry.sha256(), -1, Integer::sum) == 0) {
            owners.remove(entry.sha256());
            total -= entry.size();
        }
    }

    /** Whether any entry has this content. */
    boolean isUsed(String sha256) {
        return owners.containsKey(sha256);
    }

    /** Whether any entry of a namespace has it. */
    boolean isUsed(String namespace, String sha256) {
        return references.getOrDefault(namespace, Map.of()).containsKey(sha256);
    }

    long total() {
        return total;
    }

    long of(String namespace) {
        return bytes.getOrDefault(namespace, 0L);
    }

    Set<String> namespaces() {
        return Collections.unmodifiableSet(bytes.keySet());
    }

    int contents() {
        return owners.size();
    }
}
