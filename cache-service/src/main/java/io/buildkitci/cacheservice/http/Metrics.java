package io.buildkitci.cacheservice.http;

import io.buildkitci.cacheservice.store.Stats;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests and bytes, and renders them with the store's numbers in Prometheus' text format 0.0.4. */
final class Metrics {
    private static final String PREFIX = "buildkit_ci_cache_";

    private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();

    /** One request that was answered. */
    void count(Exchanged exchanged) {
        String labels = "route=\"" + exchanged.route() + "\",status=\"" + exchanged.status() + "\"";
        requests.computeIfAbsent(labels, l -> new LongAdder()).increment();
        received.add(exchanged.received());
        sent.add(exchanged.sent());
    }

    String render(Stats.Totals stats) {
        StringBuilder text = new StringBuilder();
        type("requests_total", "counter", text);
        requests.forEach((labels, count) -> line("requests_total{" + labels + "}", count.sum(), text));
        value("received_bytes_total", "counter", received.sum(), text);
        value("sent_bytes_total", "counter", sent.sum(), text);
        value("stored_bytes", "gauge", stats.bytes(), text);
        value("quota_bytes", "gauge", stats.quota(), text);
        value("contents", "gauge", stats.contents(), text);
        value("uploads", "gauge", stats.uploads(), text);
        value("namespaces", "gauge", stats.namespaces(), text);
        value("hits_total", "counter", stats.counts().hits(), text);
        value("misses_total", "counter", stats.counts().misses(), text);
        value("stored_total", "counter", stats.counts().stored(), text);
        value("refused_total", "counter", stats.counts().refused(), text);
        value("evicted_total", "counter", stats.counts().evicted(), text);
        value("dropped_total", "counter", stats.counts().dropped(), text);
        return text.toString();
    }

    private static void value(String name, String type, long value, StringBuilder text) {
        type(name, type, text);
        line(name, value, text);
    }

    private static void type(String name, String type, StringBuilder text) {
        text.append("# TYPE ")
                .append(PREFIX)
                .append(name)
                .append(' ')
                .append(type)
                .append('\n');
    }

    private static void line(String name, long value, StringBuilder text) {
        text.append(PREFIX).append(name).append(' ').append(value).append('\n');
    }
}
