package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.store.Stats;
import io.buildkitci.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is kept, as JSON. */
public final class StatsJson {
    private StatsJson() {}

    public static String render(Stats stats) {
        Map<String, Object> all = new LinkedHashMap<>();
        Stats.Totals totals = stats.totals();
        all.put("bytes", totals.bytes());
        all.put("quota", totals.quota());
        all.put("contents", totals.contents());
        all.put("uploads", totals.uploads());
        all.put("sinceStart", counts(totals.counts()));
        all.put(
                "namespaces",
                stats.namespaces().stream().map(StatsJson::namespace).toList());
        return JsonText.pretty(all);
    }

    private static Map<String, Object> counts(Stats.Counts counts) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("hits", counts.hits());
        all.put("misses", counts.misses());
        all.put("stored", counts.stored());
        all.put("refused", counts.refused());
        all.put("evicted", counts.evicted());
        all.put("dropped", counts.dropped());
        return all;
    }

    private static Map<String, Object> namespace(Stats.OfNamespace namespace) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", namespace.name());
        all.put("bytes", namespace.bytes());
        all.put("entries", namespace.entries());
        put(all, namespace.traffic());
        all.put("scopes", namespace.scopes().stream().map(StatsJson::scope).toList());
        return all;
    }

    private static Map<String, Object> scope(Stats.OfScope scope) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", scope.name());
        all.put("bytes", scope.bytes());
        all.put("entries", scope.entries());
        all.put("indexes", scope.indexes());
        put(all, scope.traffic());
        return all;
    }

    private static void put(Map<String, Object> all, Stats.Traffic traffic) {
        all.put("hits", traffic.hits());
        all.put("misses", traffic.misses());
        all.put("evicted", traffic.evicted());
        all.put("used", traffic.used());
    }
}
