package io.buildkitci.cacheservice.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.buildkitci.cacheservice.store.Stats;
import io.buildkitci.json.PlainJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What is kept, as JSON. */
public final class StatsJson {
    private StatsJson() {}

    public static String render(Stats stats) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = PlainJson.FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("bytes", stats.bytes());
            json.writeNumberField("quota", stats.quota());
            json.writeNumberField("contents", stats.contents());
            json.writeNumberField("uploads", stats.uploads());
            counts(stats.counts(), json);
            json.writeArrayFieldStart("namespaces");
            for (Stats.OfNamespace namespace : stats.namespaces()) {
                namespace(namespace, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of a StringWriter
        }
        return text.toString();
    }

    private static void counts(Stats.Counts counts, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("sinceStart");
        json.writeNumberField("hits", counts.hits());
        json.writeNumberField("misses", counts.misses());
        json.writeNumberField("stored", counts.stored());
        json.writeNumberField("refused", counts.refused());
        json.writeNumberField("evicted", counts.evicted());
        json.writeNumberField("dropped", counts.dropped());
        json.writeEndObject();
    }

    private static void namespace(Stats.OfNamespace namespace, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", namespace.name());
        json.writeNumberField("bytes", namespace.bytes());
        json.writeNumberField("entries", namespace.entries());
        json.writeArrayFieldStart("scopes");
        for (Stats.OfScope scope : namespace.scopes()) {
            json.writeStartObject();
            json.writeStringField("name", scope.name());
            json.writeNumberField("bytes", scope.bytes());
            json.writeNumberField("entries", scope.entries());
            json.writeNumberField("indexes", scope.indexes());
            json.writeNumberField("used", scope.used());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
