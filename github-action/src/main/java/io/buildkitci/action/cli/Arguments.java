package io.buildkitci.action.cli;

import io.buildkitci.input.InputSpec;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/**
 * The arguments of a step, taken apart.
 *
 * @param flags values by name, in the order given; a flag without a value has none
 * @param unknown flags that the step does not have, by name
 * @param others arguments that are no flags
 */
record Arguments(Map<String, List<String>> flags, List<String> unknown, List<String> others, List<Problem> problems) {

    static Arguments parse(List<String> arguments, Options options, InputTable table) {
        int end = arguments.indexOf("--");
        Arguments parsed =
                new Arguments(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        parsed.read(switches(end < 0 ? arguments : arguments.subList(0, end), table), options);
        if (end >= 0) {
            parsed.others.addAll(arguments.subList(end + 1, arguments.size()));
        }
        return parsed;
    }

    /** A switch has a value only when it is attached ({@code --push=false}), so that {@code --push .} keeps its context. */
    private static List<String> switches(List<String> arguments, InputTable table) {
        return arguments.stream()
                .map(argument -> argument.startsWith("--")
                                && table.named(argument.substring(2))
                                        .filter(input -> input.kind() == InputSpec.Kind.BOOLEAN)
                                        .isPresent()
                        ? argument + "=true"
                        : argument)
                .toList();
    }

    /** The parser stops at what it does not know; that is noted, and it goes on behind it. */
    private void read(List<String> arguments, Options options) {
        DefaultParser parser = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .get();
        List<String> rest = arguments;
        while (!rest.isEmpty()) {
            CommandLine line;
            try {
                line = parser.parse(options, rest.toArray(String[]::new), true);
            } catch (MissingArgumentException e) {
                problems.add(new Problem("--" + e.getOption().getLongOpt(), "", "needs a value"));
                return;
            } catch (ParseException e) {
                problems.add(new Problem(String.join(" ", rest), "", String.valueOf(e.getMessage())));
                return;
            }
            for (Option option : line.getOptions()) {
                flags.computeIfAbsent(option.getLongOpt(), name -> new ArrayList<>())
                        .addAll(option.getValuesList());
            }
            rest = line.getArgList();
            if (!rest.isEmpty()) {
                stray(rest.get(0));
                rest = rest.subList(1, rest.size());
            }
        }
    }

    private void stray(String argument) {
        if (argument.startsWith("-") && argument.length() > 1) {
            int equals = argument.indexOf('=');
            unknown.add((equals < 0 ? argument : argument.substring(0, equals)).replaceFirst("^--?", ""));
        } else {
            others.add(argument);
        }
    }

    boolean has(String flag) {
        return flags.containsKey(flag);
    }

    /** The last value of a flag. */
    Optional<String> value(String flag) {
        List<String> values = flags.getOrDefault(flag, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }
}
