package io.jenkins.plugins.buildkit.parameters;

import io.buildkitci.input.InputSpec;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one step: the inputs of a table under camel-cased names and aliases, and the step's own.
 *
 * @param step as pipelines call it
 * @param table of the inputs
 * @param own parameters that are no inputs, or that the step reads itself
 */
public record StepParameters(String step, InputTable table, Set<String> own) {
    public StepParameters {
        own = Set.copyOf(own);
    }

    /**
     * Those of a step that has most inputs of a table.
     *
     * @param absent inputs that only other hosts have, or that the step has in another form
     */
    public static StepParameters of(String step, InputTable table, Set<String> absent, Set<String> own) {
        return new StepParameters(
                step,
                new InputTable(
                        table.step(),
                        table.specs().stream()
                                .filter(spec -> !absent.contains(spec.name()))
                                .toList()),
                own);
    }

    /** What came of a script's arguments: values for the step's properties, or everything that is wrong with them. */
    public record Read(Map<String, Object> values, List<String> problems) {
        public Read {
            values = new LinkedHashMap<>(values);
            problems = List.copyOf(problems);
        }
    }

    /** The parameter of an input: {@code build-args} is {@code buildArgs}. */
    public static String nameOf(String input) {
        StringBuilder name = new StringBuilder();
        for (String part : input.split("-", -1)) {
            name.append(
                    name.isEmpty() || part.isEmpty()
                            ? part
                            : Character.toUpperCase(part.charAt(0)) + part.substring(1));
        }
        return name.toString();
    }

    /** The input of a parameter, by its name or an alias. */
    public Optional<InputSpec> input(String parameter) {
        for (InputSpec spec : table.specs()) {
            boolean alias = spec.aliases().stream().anyMatch(a -> nameOf(a).equals(parameter));
            if (alias || nameOf(spec.name()).equals(parameter)) {
                return Optional.of(spec);
            }
        }
        return Optional.empty();
    }

    /** Reads a script's arguments into texts and booleans; the step's own are passed through. */
    public Read read(Map<String, ?> arguments) {
        Map<String, Object> values = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        arguments.forEach((name, value) -> {
            Optional<InputSpec> spec = own.contains(name) ? Optional.empty() : input(name);
            String parameter = spec.map(s -> nameOf(s.name())).orElse(name);
            if (spec.isEmpty() && !own.contains(name)) {
                problems.add(unknown(name));
            } else if (values.containsKey(parameter)) {
                problems.add(parameter + ": given twice, under two of its names");
            } else if (value != null) {
                read(parameter, spec, value, values, problems);
            }
        });
        return new Read(values, problems);
    }

    private static void read(
            String parameter,
            Optional<InputSpec> spec,
            Object value,
            Map<String, Object> values,
            List<String> problems) {
        if (spec.isEmpty()) {
            values.put(parameter, value);
        } else if (spec.get().kind() == InputSpec.Kind.BOOLEAN) {
            Optional<Boolean> flag = flag(value);
            flag.ifPresent(f -> values.put(parameter, f));
            if (flag.isEmpty() && !value.toString().isBlank()) {
                problems.add(parameter + ": '" + value + "': not a boolean; accepted are true and false");
            }
        } else {
            values.put(parameter, ParameterText.of(spec.get(), value));
        }
    }

    private static Optional<Boolean> flag(Object value) {
        return switch (value.toString()) {
            case "true", "True", "TRUE" -> Optional.of(true);
            case "false", "False", "FALSE" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    private String unknown(String name) {
        Optional<String> near = table.nearest(name).map(StepParameters::nameOf).or(() -> nearestOwn(name));
        return name + ": " + step + " has no such parameter; "
                + near.map(n -> "did you mean '" + n + "'?").orElseGet(() -> "it has " + String.join(", ", names()));
    }

    private Optional<String> nearestOwn(String name) {
        return own.stream().filter(o -> o.equalsIgnoreCase(name)).findFirst();
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>(own);
        table.specs().forEach(spec -> names.add(nameOf(spec.name())));
        return names;
    }

    /**
     * The engine's inputs from texts of a step.
     *
     * @param texts by the names of inputs
     */
    public static RawInput rawInput(Map<String, String> texts) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        texts.forEach((input, text) -> values.put(input, RawValue.of(text)));
        return RawInput.of(values, StepParameters::nameOf);
    }

    /** A text that is worth keeping; {@code null} for none. */
    public static @Nullable String kept(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
