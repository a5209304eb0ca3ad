package io.buildkitci.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The attributes of a structured flag, {@code type=registry,ref=…}, in the order given. Rendered as one CSV record, the
 * way Go's {@code encoding/csv} reads it.
 *
 * @param values name to value; unmodifiable, ordered
 */
public record Attributes(Map<String, String> values) {
    public static final Attributes NONE = new Attributes(Map.of());

    public Attributes {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public static Attributes of(String name, String value) {
        return new Attributes(Map.of(name, value));
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** With one attribute set; an existing one keeps its place. */
    public Attributes with(String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(values);
        copy.put(name, value);
        return new Attributes(copy);
    }

    public Attributes without(String name) {
        Map<String, String> copy = new LinkedHashMap<>(values);
        copy.remove(name);
        return new Attributes(copy);
    }

    /** As one CSV record. */
    public String render() {
        return values.entrySet().stream()
                .map(e -> quote(e.getKey() + "=" + e.getValue()))
                .collect(Collectors.joining(","));
    }

    /** Names only: values can be credentials. */
    @Override
    public String toString() {
        return "Attributes" + values.keySet();
    }

    private static String quote(String field) {
        boolean plain = field.indexOf(',') < 0
                && field.indexOf('"') < 0
                && field.indexOf('\n') < 0
                && field.indexOf('\r') < 0
                && !field.startsWith(" ");
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
