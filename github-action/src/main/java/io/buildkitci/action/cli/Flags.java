package io.buildkitci.action.cli;

import io.buildkitci.input.InputSpec;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Where a command line's inputs come from, and their order: flags, environment, configuration file. */
final class Flags {
    /** What an environment variable that is an input starts with. */
    static final String PREFIX = "BUILDKIT_CI_";

    private Flags() {}

    /** What was given as flags; unknown flags are kept, to be reported with everything else. */
    static RawInput of(ParseResult parsed, InputTable table) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        for (OptionSpec option : parsed.matchedOptionsSet()) {
            // a flag that is no input is a switch of the command itself, such as --json
            table.named(option.names()[0].substring(2)).ifPresent(spec -> values.put(spec.name(), value(option, spec)));
        }
        for (String stray : parsed.unmatched()) {
            if (stray.startsWith("-")) {
                int equals = stray.indexOf('=');
                String flag = equals < 0 ? stray : stray.substring(0, equals);
                values.putIfAbsent(flag.replaceFirst("^--?", ""), RawValue.of(""));
            }
        }
        return RawInput.of(values, name -> "--" + name);
    }

    private static RawValue value(OptionSpec option, InputSpec spec) {
        if (!spec.isList()) {
            String text = option.getValue();
            return RawValue.of(text);
        }
        List<String> items = option.getValue();
        // repeated flags are one text with a line each, read by the rules of the input's kind
        return RawValue.of(String.join("\n", items));
    }

    /** What was given as {@code BUILDKIT_CI_…} variables. Variables that are no input belong to others and stay. */
    static RawInput environment(Map<String, String> environment, InputTable table) {
        Map<String, RawValue> values = new LinkedHashMap<>();
        for (InputSpec spec : table.specs()) {
            String text = environment.get(PREFIX + spec.variable());
            if (text != null && !text.isEmpty()) {
                values.put(spec.name(), RawValue.of(text));
            }
        }
        return RawInput.of(
                values,
                name -> PREFIX + table.named(name).map(InputSpec::variable).orElse(name));
    }
}
