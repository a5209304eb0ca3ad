package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.store.Stats;
import io.buildkitci.json.JsonText;
import io.buildkitci.json.PlainJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is kept, as JSON and back. */
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

    /** As {@link #render} gave it. */
    public static Stats parse(String text) {
        PlainJson all = PlainJson.parse(text);
        PlainJson since = all.object("sinceStart");
        Stats.Counts counts = new Stats.Counts(
                number(since, "hits"),
                number(since, "misses"),
                number(since, "stored"),
                number(since, "refused"),
                number(since, "evicted"),
                number(since, "dropped"));
        List<Stats.OfNamespace> namespaces =
                all.objects("namespaces").stream().map(StatsJson::namespace).toList();
        return new Stats(
                new Stats.Totals(
                        number(all, "bytes"),
                        number(all, "quota"),
                        all.number("contents"),
                        all.number("uploads"),
                        namespaces.size(),
                        counts),
                namespaces);
    }

    private static Stats.OfNamespace namespace(PlainJson json) {
        return new Stats.OfNamespace(
                json.text("name"),
                number(json, "bytes"),
                json.number("entries"),
                traffic(json),
                json.objects("scopes").stream().map(StatsJson::scope).toList());
    }

    private static Stats.OfScope scope(PlainJson json) {
        return new Stats.OfScope(
                json.text("name"),
                number(json, "bytes"),
                json.number("entries"),
                json.number("indexes"),
                traffic(json));
    }

    private static Stats.Traffic traffic(PlainJson json) {
        return new Stats.Traffic(
                number(json, "hits"), number(json, "misses"), number(json, "evicted"), number(json, "used"));
    }

    private static long number(PlainJson json, String name) {
        return json.wholeNumber(name).orElse(0L);
    }
}
