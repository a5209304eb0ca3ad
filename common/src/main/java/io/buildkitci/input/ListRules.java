package io.buildkitci.input;

import io.buildkitci.model.InvalidValue;
import java.util.List;
import java.util.stream.Stream;

/** How what was given for a list becomes items: those in quotes stay whole, the rest is split as the kind says. */
final class ListRules {
    private ListRules() {}

    static List<String> items(InputSpec.Kind kind, RawValue value) throws InvalidValue {
        Stream<String> apart;
        if (value instanceof RawValue.Items given) {
            apart = given.items().stream();
        } else if (value instanceof RawValue.Text given) {
            apart = kind == InputSpec.Kind.CSV
                    ? CsvText.records(given.text()).stream().flatMap(List::stream)
                    : CsvText.lines(given.text()).stream();
        } else {
            throw new AssertionError(value);
        }
        Stream<String> trimmed = kind == InputSpec.Kind.LIST_UNTRIMMED ? apart : apart.map(String::strip);
        return trimmed.filter(item -> !item.isBlank()).toList();
    }
}
