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
 * @param unknown flags that the step does not have, as they were typed, without their values
 * @param bare those of them that were typed without a value: the next argument can be it
 * @param others arguments that are no flags
 */
record Arguments(
        Map<String, List<String>> flags,
        List<String> unknown,
        List<String> bare,
        List<String> others,
        List<Problem> problems) {

    static Arguments parse(List<String> arguments, Options options, InputTable table) {
        int end = arguments.indexOf("--");
        Arguments parsed = new Arguments(
                new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        parsed.read(switches(end < 0 ? arguments : arguments.subList(0, end), table), options, table);
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
    private void read(List<String> arguments, Options options, InputTable table) {
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
                String flag = e.getOption().getLongOpt();
                problems.add(new Problem("--" + flag, "", "needs a value"));
                rest = without(flag, rest);
                continue;
            } catch (ParseException e) {
                throw new IllegalStateException("a parser that stops at what it does not know", e);
            }
            for (Option option : line.getOptions()) {
                flags.computeIfAbsent(nameOf(option, table), name -> new ArrayList<>())
                        .addAll(option.getValuesList());
            }
            rest = line.getArgList();
            if (!rest.isEmpty()) {
                stray(rest.get(0), options);
                rest = rest.subList(1, rest.size());
            }
        }
    }

    /** Without the first of this flag that lacks its value: a flag follows it, or nothing. */
    private static List<String> without(String flag, List<String> arguments) {
        List<String> rest = new ArrayList<>(arguments);
        for (int i = 0; i < rest.size(); i++) {
            boolean lacking = i + 1 == rest.size() || rest.get(i + 1).startsWith("-");
            if (lacking && rest.get(i).matches("--?" + flag)) { // the parser takes one dash for two
                rest.remove(i);
                return rest;
            }
        }
        throw new IllegalStateException(flag + " has its value");
    }

    /** The word that a flag was first given by, whichever of its names comes later. */
    private String nameOf(Option option, InputTable table) {
        String name = option.getLongOpt();
        return flags.keySet().stream()
                .filter(earlier -> !StepFlags.isOwn(name)
                        && !StepFlags.isOwn(earlier)
                        && canonical(earlier, table).equals(canonical(name, table)))
                .findFirst()
                .orElse(name);
    }

    private static String canonical(String name, InputTable table) {
        return table.named(name).map(InputSpec::name).orElse(name);
    }

    private void stray(String argument, Options options) {
        if (!argument.startsWith("-") || argument.length() == 1) {
            others.add(argument);
            return;
        }
        int equals = argument.indexOf('=');
        String flag = equals < 0 ? argument : argument.substring(0, equals);
        if (options.hasLongOption(flag)) {
            problems.add(new Problem(flag, "", "takes no value"));
        } else {
            unknown.add(flag);
            if (equals < 0) {
                bare.add(flag);
            }
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
