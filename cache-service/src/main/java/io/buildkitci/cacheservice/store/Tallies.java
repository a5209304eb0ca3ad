package io.buildkitci.cacheservice.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What was done in each scope. Kept in the index with whatever is committed next, so it costs no commit of its own. */
final class Tallies {
    private final Index index;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

    Tallies(Index index) {
        this.index = index;
        index.tallies().forEach((scope, text) -> tallies.put(scope, Tally.parse(text)));
    }

    Tally of(String namespace, String scope) {
        return tallies.computeIfAbsent(EntryKey.prefix(namespace, scope), s -> new Tally());
    }

    /** By {@link EntryKey#prefix(String, String)}. */
    Map<String, Tally> all() {
        return Map.copyOf(tallies);
    }

    void remove(String prefix) {
        tallies.keySet().removeIf(scope -> scope.startsWith(prefix));
    }

    void rename(String from, String to) {
        String old = EntryKey.prefix(from);
        List<String> scopes =
                tallies.keySet().stream().filter(s -> s.startsWith(old)).toList();
        for (String scope : scopes) {
            Tally moved = tallies.remove(scope);
            if (moved != null) {
                String name = EntryKey.prefix(to) + scope.substring(old.length());
                tallies.computeIfAbsent(name, s -> new Tally()).add(moved);
            }
        }
    }

    /** Forgets scopes that were not used since then and that have no entry. */
    void forgetUnused(long since) {
        tallies.entrySet().removeIf(t -> t.getValue().traffic().used() < since && !index.has(t.getKey()));
    }

    /** Makes the index's copy the same; committed with what is committed next. */
    void flush() {
        Map<String, String> kept = index.tallies();
        kept.keySet().stream().filter(s -> !tallies.containsKey(s)).forEach(s -> index.tally(s, Optional.empty()));
        tallies.forEach((scope, tally) -> {
            String text = tally.render();
            if (!text.equals(kept.get(scope))) {
                index.tally(scope, Optional.of(text));
            }
        });
    }
}
