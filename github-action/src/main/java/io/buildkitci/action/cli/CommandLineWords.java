package io.buildkitci.action.cli;

import io.buildkitci.words.HostWords;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a person calls inputs and steps on a command line. */
final class CommandLineWords implements HostWords {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    @Override
    public String input(String name) {
        return "--" + name;
    }

    @Override
    public String step(String name) {
        return HelpText.NAME + " " + name;
    }

    /** What can be pasted into a shell. */
    @Override
    public String call(String step, Map<String, String> inputs) {
        return inputs.entrySet().stream()
                .map(input -> " --" + input.getKey()
                        + (input.getValue().equals("true") ? "" : " " + quoted(input.getValue())))
                .collect(Collectors.joining("", step(step), ""));
    }

    static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    @Override
    public String variable(String name) {
        return Sources.PREFIX + name;
    }
}
