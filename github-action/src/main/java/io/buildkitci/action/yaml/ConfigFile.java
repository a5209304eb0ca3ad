package io.buildkitci.action.yaml;

import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Inputs from a YAML file ({@code --config}): either the inputs of one step, or a map of steps to their inputs.
 *
 * @param input what it gives
 * @param problems what is wrong with the file itself
 */
public record ConfigFile(RawInput input, List<Problem> problems) {
    public static final ConfigFile NONE = new ConfigFile(RawInput.NONE, List.of());

    /**
     * @param name of the file, for messages
     * @param steps names of all steps, which a file for several of them has as its keys
     */
    public static ConfigFile parse(String name, String yaml, InputTable table, Set<String> steps) {
        @Nullable Object root;
        try {
            root = Yaml.load(name, yaml);
        } catch (YamlEngineException e) {
            return broken(name, "is not valid YAML: " + why(e));
        }
        if (root == null) {
            return NONE;
        }
        if (!(root instanceof Map<?, ?> map)) {
            return broken(name, "must be a map of inputs, for example 'platforms: [linux/amd64, linux/arm64]'");
        }
        boolean sections = map.keySet().stream().anyMatch(k -> k instanceof String key && steps.contains(key));
        if (!sections) {
            return inputs(name, map, table);
        }
        List<String> strangers = map.keySet().stream()
                .map(String::valueOf)
                .filter(k -> !steps.contains(k))
                .toList();
        if (!strangers.isEmpty()) {
            return broken(
                    name,
                    "has inputs for single steps, so every key must be a step (" + String.join(", ", steps)
                            + "); these are none: " + String.join(", ", strangers));
        }
        Object own = map.get(table.step());
        if (own == null) {
            return NONE;
        }
        return own instanceof Map<?, ?> section
                ? inputs(name, section, table)
                : broken(name, "'" + table.step() + "' must be a map of inputs");
    }

    /** A list of maps of inputs, such as the further nodes of a builder; one with a problem if it is none. */
    public static List<ConfigFile> maps(String name, String yaml) {
        @Nullable Object root;
        try {
            root = Yaml.load(name, yaml);
        } catch (YamlEngineException e) {
            return List.of(broken(name, "is not valid YAML: " + why(e)));
        }
        if (!(root instanceof List<?> list) || !list.stream().allMatch(Map.class::isInstance)) {
            return List.of(broken(name, "must be a YAML list of maps"));
        }
        return list.stream()
                .map(item -> inputs(name, (Map<?, ?>) item, BuilderInputs.NODE))
                .toList();
    }

    private static ConfigFile inputs(String name, Map<?, ?> map, InputTable table) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        map.forEach((key, value) -> {
            String input = String.valueOf(key);
            RawValue raw = raw(value, table, input);
            if (raw == null) {
                problems.add(new Problem(
                        input + " in " + name, "", "must be a text, a number, true or false, or a list of these"));
            } else {
                values.put(input, raw);
            }
        });
        return new ConfigFile(RawInput.of(values, input -> input + " in " + name), problems);
    }

    /** A list, a scalar, or, for inputs made of name=value items, a map. */
    private static @Nullable RawValue raw(@Nullable Object value, InputTable table, String input) {
        if (value instanceof List<?> list) {
            return list.stream().allMatch(ConfigFile::isScalar)
                    ? RawValue.of(list.stream().map(ConfigFile::text).toList())
                    : null;
        }
        if (value instanceof Map<?, ?> map) {
            boolean takesItems = table.named(input).map(spec -> spec.isList()).orElse(false);
            return takesItems && map.values().stream().allMatch(ConfigFile::isScalar)
                    ? RawValue.of(map.entrySet().stream()
                            .map(e -> text(e.getKey()) + "=" + text(e.getValue()))
                            .toList())
                    : null;
        }
        return RawValue.of(text(value));
    }

    private static boolean isScalar(@Nullable Object value) {
        return value == null || value instanceof String;
    }

    private static String text(@Nullable Object scalar) {
        return scalar == null ? "" : String.valueOf(scalar);
    }

    /** Without the lines around the place: an option of a node may hold a secret. */
    private static String why(YamlEngineException e) {
        if (!(e instanceof MarkedYamlEngineException marked)
                || marked.getProblemMark().isEmpty()) {
            return String.valueOf(e.getMessage()).strip();
        }
        Mark mark = marked.getProblemMark().get();
        return marked.getProblem() + ", in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    private static ConfigFile broken(String name, String reason) {
        return new ConfigFile(RawInput.NONE, List.of(new Problem(name, "", reason)));
    }
}
