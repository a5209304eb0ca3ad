package io.buildkitci.action.job;

import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Inputs as texts, before anything is checked. */
final class RawText {
    private RawText() {}

    /** One input's text; empty when there is none. */
    static String of(RawInput raw, String name) {
        return raw.get(name).map(given -> of(given.value())).orElse("");
    }

    /** Items stand on lines of their own. */
    static String of(RawValue value) {
        return value instanceof RawValue.Items items
                ? String.join("\n", items.items())
                : ((RawValue.Text) value).text().strip();
    }

    /** The same inputs with more in one list, which keeps the person's word. */
    static RawInput with(RawInput raw, String list, List<String> more) {
        Optional<RawInput.Given> given = raw.get(list);
        List<String> before = given.map(RawInput.Given::value)
                .map(value -> value instanceof RawValue.Items items ? items.items() : List.of(of(value)))
                .orElse(List.of());
        List<String> all = java.util.stream.Stream.concat(before.stream(), more.stream())
                .filter(item -> !item.isBlank())
                .toList();
        boolean apart = given.filter(g -> g.value() instanceof RawValue.Items).isPresent();
        RawValue value = apart ? RawValue.of(all) : RawValue.of(String.join("\n", all));
        return with(
                raw, list, new RawInput.Given(given.map(RawInput.Given::word).orElse(list), value));
    }

    static RawInput with(RawInput raw, String name, RawInput.Given given) {
        return new RawInput(Map.of(name, given)).over(raw);
    }
}
