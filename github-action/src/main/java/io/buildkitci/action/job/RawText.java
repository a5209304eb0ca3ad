package io.buildkitci.action.job;

import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /** The same inputs with more items in one list of lines, which keeps the person's word. */
    static RawInput with(RawInput raw, String list, List<String> more) {
        RawInput.Given given = raw.get(list).orElse(new RawInput.Given(list, RawValue.of(List.of())));
        RawValue value = given.value() instanceof RawValue.Items items
                ? RawValue.of(
                        Stream.concat(items.items().stream(), more.stream()).toList())
                : RawValue.of(of(given.value()) + "\n" + String.join("\n", more));
        return with(raw, list, new RawInput.Given(given.word(), value));
    }

    static RawInput with(RawInput raw, String name, RawInput.Given given) {
        return new RawInput(Map.of(name, given)).over(raw);
    }
}
