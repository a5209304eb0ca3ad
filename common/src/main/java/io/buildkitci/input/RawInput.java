package io.buildkitci.input;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The inputs of one step as a host received them.
 *
 * @param given by input name (or alias, or a name that does not exist), in the order received
 */
public record RawInput(Map<String, Given> given) {
    /** Nothing. */
    public static final RawInput NONE = new RawInput(Map.of());

    /**
     * One input.
     *
     * @param word how the person wrote it in this host, for messages: {@code --tags}, {@code tags in ci.yaml} …
     */
    public record Given(String word, RawValue value) {}

    public RawInput {
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    /** Inputs of a host in which people write the plain names. */
    public static RawInput of(Map<String, ? extends RawValue> values) {
        return of(values, UnaryOperator.identity());
    }

    /** @param word from an input's name to what the person wrote */
    public static RawInput of(Map<String, ? extends RawValue> values, UnaryOperator<String> word) {
        Map<String, Given> given = new LinkedHashMap<>();
        for (Map.Entry<String, ? extends RawValue> value : values.entrySet()) {
            given.put(value.getKey(), new Given(word.apply(value.getKey()), value.getValue()));
        }
        return new RawInput(given);
    }

    /** These inputs, and those of {@code lower} that are not among them. */
    public RawInput over(RawInput lower) {
        Map<String, Given> both = new LinkedHashMap<>(given);
        for (Map.Entry<String, Given> further : lower.given.entrySet()) {
            both.putIfAbsent(further.getKey(), further.getValue());
        }
        return new RawInput(both);
    }

    public Optional<Given> get(String name) {
        return Optional.ofNullable(given.get(name));
    }
}
