package io.jenkins.plugins.buildkit.parameters;

import io.buildkitci.input.InputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The text of a list or map in the syntax of an input, so that the engine splits it into the same items again: a step's
 * properties are texts, which forms, snippets and stored jobs can hold.
 */
public final class ParameterText {
    private ParameterText() {}

    /** @param value as a script has it: text, list, map, number, boolean or {@code null} */
    public static String of(InputSpec spec, @Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (!spec.isList() || !(value instanceof Iterable<?> || value instanceof Map<?, ?>)) {
            return value instanceof Iterable<?> || value instanceof Map<?, ?>
                    ? String.join(",", items(spec, value))
                    : value.toString();
        }
        return join(spec, items(spec, value));
    }

    /** Items in the syntax of an input. */
    static String join(InputSpec spec, List<String> items) {
        StringJoiner text = new StringJoiner(spec.kind() == InputSpec.Kind.CSV ? "," : "\n");
        for (String item : items) {
            text.add(item(spec, item));
        }
        return text.toString();
    }

    /** One item, in quotes where it would not stay whole without. */
    public static String item(InputSpec spec, String item) {
        if (spec.kind() == InputSpec.Kind.LINES) {
            return item; // its quotes are its own
        }
        boolean whole = item.equals(item.strip()) && item.chars().noneMatch(c -> c == '"' || c == '\n' || c == '\r');
        boolean plain = whole && (spec.kind() != InputSpec.Kind.CSV || item.indexOf(',') < 0);
        return plain ? item : '"' + item.replace("\"", "\"\"") + '"';
    }

    private static List<String> items(InputSpec spec, Object value) {
        List<String> items = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, item) -> settings(spec, String.valueOf(name), item, items));
        } else if (value instanceof Iterable<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> attributes) {
                    items.add(attributes(attributes));
                } else if (item != null) {
                    items.add(item.toString());
                }
            }
        }
        return items;
    }

    /** {@code [VERSION: '1']} is {@code VERSION=1}; a list is one setting for each. */
    private static void settings(InputSpec spec, String name, @Nullable Object value, List<String> items) {
        if (value instanceof Iterable<?> several) {
            several.forEach(one -> settings(spec, name, one, items));
        } else {
            String separator = spec.name().equals("add-hosts") ? ":" : "=";
            items.add(name + separator + (value == null ? "" : value));
        }
    }

    /** {@code [type: 'registry', ref: 'r']} is {@code type=registry,ref=r}. */
    private static String attributes(Map<?, ?> attributes) {
        StringJoiner text = new StringJoiner(",");
        attributes.forEach((name, value) -> {
            String field = name + "=" + (value == null ? "" : value);
            boolean plain = field.equals(field.strip())
                    && field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            text.add(plain ? field : '"' + field.replace("\"", "\"\"") + '"');
        });
        return text.toString();
    }
}
