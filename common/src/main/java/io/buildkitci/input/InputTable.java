package io.buildkitci.input;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every input of one step.
 *
 * @param step the step's name on the command line
 * @param specs in the order of the documentation
 */
public record InputTable(String step, List<InputSpec> specs) {
    public InputTable {
        specs = List.copyOf(specs);
    }

    /** By name or alias. */
    public Optional<InputSpec> named(String nameOrAlias) {
        for (InputSpec spec : specs) {
            if (spec.name().equals(nameOrAlias) || spec.aliases().contains(nameOrAlias)) {
                return Optional.of(spec);
            }
        }
        return Optional.empty();
    }

    /** The same table for a host in which one input has another default. */
    public InputTable withDefault(String name, String value) {
        return new InputTable(
                step,
                specs.stream()
                        .map(s -> s.name().equals(name) ? s.defaultsTo(value) : s)
                        .toList());
    }

    /**
     * The same inputs with aliases replaced by names, so that sources of different precedence can be laid over each
     * other. An alias beside its own name stays, to be reported.
     */
    public RawInput canonical(RawInput raw) {
        Map<String, RawInput.Given> result = new LinkedHashMap<>();
        for (Map.Entry<String, RawInput.Given> given : raw.given().entrySet()) {
            String name = given.getKey();
            Optional<InputSpec> spec = named(name);
            String canonical = spec.isPresent() ? spec.get().name() : name;
            boolean taken =
                    !canonical.equals(name) && (raw.given().containsKey(canonical) || result.containsKey(canonical));
            result.put(taken ? name : canonical, given.getValue());
        }
        return new RawInput(result);
    }

    /** The name or alias that a person may have meant; empty if none is close. */
    public Optional<String> nearest(String unknown) {
        return Nearest.to(
                unknown, specs.stream().flatMap(s -> Stream.concat(Stream.of(s.name()), s.aliases().stream())));
    }
}
