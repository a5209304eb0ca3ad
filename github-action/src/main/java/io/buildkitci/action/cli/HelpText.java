package io.buildkitci.action.cli;

import io.buildkitci.input.InputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code --help} prints. */
final class HelpText {
    static final String NAME = "buildkit-ci";

    private static final int COLUMN = 30;
    private static final int WIDTH = 110;

    private HelpText() {}

    /** All steps in a line each. */
    static String overview(List<Step> steps) {
        StringBuilder text = new StringBuilder("Usage: " + NAME + " <step> [flags]\n"
                + "Builds, caches and pushes container images of several platforms with BuildKit.\n\n");
        steps.forEach(step -> entry(text, step.table().step(), List.of(step.description())));
        return text
                + "\n"
                + NAME
                + " <step> --help lists the inputs of a step. Every input is a flag, an environment variable\n"
                + "(BUILDKIT_CI_PLATFORMS) or a key of a YAML file (--config), in this order of precedence.\n\n"
                + "Exit codes: 0 built, 1 the build failed, 2 bad input, 3 the environment is not usable,\n"
                + "            4 a remote service failed, 70 our own fault, 130 cancelled.\n";
    }

    /** Every input of a step with its default and an example. */
    static String of(Step step) {
        StringBuilder text = new StringBuilder("Usage: " + NAME + " "
                + step.table().step() + " [flags]"
                + (step.takesContext() ? " [<context>]" : "")
                + (step.further().isEmpty() ? "" : " [<" + step.further().replaceFirst("s$", "") + ">...]") + "\n"
                + step.description() + "\n\n");
        for (InputSpec input : step.table().specs()) {
            List<String> lines = new ArrayList<>();
            lines.add(input.description() + (input.isList() ? " (list; repeatable)" : ""));
            if (!input.defaultValue().isEmpty()) {
                lines.add("default: " + input.defaultValue());
            }
            if (!input.example().isEmpty()) {
                lines.add("example: --" + input.name() + "="
                        + input.example().lines().findFirst().orElse(""));
            }
            entry(text, flag(input), lines);
        }
        text.append('\n');
        entry(text, "--config <file>", List.of("a YAML file with inputs"));
        entry(text, "--json", List.of("prints the result as JSON on standard output"));
        if (step.canPlan()) {
            entry(text, "--json-file <file>", List.of("writes the result as JSON to a file, beside the text"));
            entry(text, "--html-file <file>", List.of("writes the result as a page to a file, with a timeline"));
            entry(text, "--plan", List.of("prints what would be run as JSON and runs nothing"));
        }
        entry(text, "-h, --help", List.of("this help"));
        return text + "\nExample:\n  " + step.example() + "\n";
    }

    private static String flag(InputSpec input) {
        String name = "--" + input.name();
        if (input.kind() == InputSpec.Kind.BOOLEAN) {
            return name + "[=false]";
        }
        String word = input.name().toLowerCase(Locale.ROOT);
        return name + " <" + (input.isList() && word.endsWith("s") ? word.substring(0, word.length() - 1) : word) + ">";
    }

    private static void entry(StringBuilder text, String name, List<String> lines) {
        String label = "  " + name;
        String margin = " ".repeat(COLUMN);
        text.append(label).append(label.length() < COLUMN ? margin.substring(label.length()) : "\n" + margin);
        List<String> wrapped = lines.stream().flatMap(l -> wrap(l).stream()).toList();
        text.append(String.join("\n" + margin, wrapped)).append('\n');
    }

    private static List<String> wrap(String line) {
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String word : line.split(" ", -1)) {
            if (current.length() > 0 && current.length() + 1 + word.length() > WIDTH - COLUMN) {
                lines.add(current.toString());
                current.setLength(0);
            }
            current.append(current.length() == 0 ? "" : " ").append(word);
        }
        lines.add(current.toString());
        return lines;
    }
}
