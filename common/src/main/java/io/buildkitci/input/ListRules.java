package io.buildkitci.input;

import io.buildkitci.model.InvalidValue;
import java.util.ArrayList;
import java.util.List;

/** How what was given for a list becomes items: those in quotes stay whole, the rest is split as the kind says. */
final class ListRules {
    private ListRules() {}

    static List<String> items(InputSpec.Kind kind, RawValue value) throws InvalidValue {
        List<String> items = new ArrayList<>();
        for (String item : apart(kind, value)) {
            if (!item.isBlank()) {
                items.add(kind == InputSpec.Kind.LIST_UNTRIMMED ? item : item.strip());
            }
        }
        return List.copyOf(items);
    }

    private static List<String> apart(InputSpec.Kind kind, RawValue value) throws InvalidValue {
        if (value instanceof RawValue.Items given) {
            return given.items();
        }
        String text = ((RawValue.Text) value).text();
        return switch (kind) {
            case CSV -> CsvText.fields(text);
            case LINES -> text.lines().toList();
            default -> CsvText.lines(text);
        };
    }
}
