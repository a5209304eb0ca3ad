package io.buildkitci.action.cli;

import io.buildkitci.input.InputSpec;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a command line's inputs come from besides a configuration file: flags and environment. */
final class Sources {
    /** What an environment variable that is an input starts with. */
    static final String PREFIX = "BUILDKIT_CI_";

    private Sources() {}

    /** What was given as flags; unknown flags are kept, to be reported with everything else. */
    static RawInput flags(Arguments arguments, InputTable table) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        arguments.flags().forEach((flag, given) -> {
            if (!StepFlags.isOwn(flag)) {
                values.put(flag, value(given, table.named(flag).orElseThrow()));
            }
        });
        Map<String, String> words = new LinkedHashMap<>();
        for (String typed : arguments.unknown()) {
            String name = typed.replaceFirst("^--?", "");
            if (values.putIfAbsent(name, RawValue.of("")) == null) {
                words.put(name, typed);
            }
        }
        return RawInput.of(values, name -> words.getOrDefault(name, "--" + name));
    }

    /** Repeated list flags are one text with a line each, read by the rules of the input's kind. */
    private static RawValue value(List<String> given, InputSpec input) {
        return RawValue.of(input.isList() ? String.join("\n", given) : given.get(given.size() - 1));
    }

    /** What was given as {@code BUILDKIT_CI_…} variables. Variables that are no input belong to others and stay. */
    static RawInput environment(Map<String, String> environment, InputTable table) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        for (InputSpec input : table.specs()) {
            String text = environment.getOrDefault(PREFIX + input.variable(), "");
            if (!text.isEmpty()) {
                values.put(input.name(), RawValue.of(text));
            }
        }
        return RawInput.of(
                values,
                name -> PREFIX + table.named(name).map(InputSpec::variable).orElse(name));
    }
}
