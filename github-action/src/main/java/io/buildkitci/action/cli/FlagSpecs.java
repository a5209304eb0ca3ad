package io.buildkitci.action.cli;

import io.buildkitci.input.InputSpec;
import io.buildkitci.input.InputTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The flags of a step, one for each of its inputs. */
final class FlagSpecs {
    private FlagSpecs() {}

    static void addTo(CommandSpec command, InputTable table) {
        for (InputSpec input : table.specs()) {
            command.addOption(option(input));
        }
    }

    private static OptionSpec option(InputSpec input) {
        List<String> names = new ArrayList<>(List.of("--" + input.name()));
        input.aliases().forEach(alias -> names.add("--" + alias));
        OptionSpec.Builder option =
                OptionSpec.builder(names.toArray(String[]::new)).description(description(input));
        if (input.kind() == InputSpec.Kind.BOOLEAN) {
            // no argument of its own, so that "--push ." keeps its context; "--push=false" is understood
            return option.type(String.class)
                    .arity("0..1")
                    .fallbackValue("true")
                    .paramLabel("true|false")
                    .preprocessor(FlagSpecs::onlyAttached)
                    .build();
        }
        if (input.isList()) {
            return option.type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("1")
                    .paramLabel("<" + singular(input.name()) + ">")
                    .build();
        }
        return option.type(String.class)
                .arity("1")
                .paramLabel("<" + input.name() + ">")
                .build();
    }

    /** A switch takes a value only when it is attached: {@code --push=false}. */
    private static boolean onlyAttached(
            Stack<String> arguments, CommandSpec command, ArgSpec argument, Map<String, Object> details) {
        boolean attached = "=".equals(details.get("separator"));
        argument.setValue(attached ? arguments.pop() : "true");
        return true;
    }

    private static String singular(String name) {
        return name.endsWith("s") && !name.endsWith("ss") ? name.substring(0, name.length() - 1) : name;
    }

    private static String[] description(InputSpec input) {
        List<String> lines = new ArrayList<>();
        lines.add(input.description() + (input.isList() ? " Repeatable." : ""));
        String details = (input.defaultValue().isEmpty() ? "" : "default: " + input.defaultValue())
                + (input.defaultValue().isEmpty() || input.example().isEmpty() ? "" : "; ")
                + (input.example().isEmpty() ? "" : "example: " + input.example());
        if (!details.isEmpty()) {
            lines.add("  " + details);
        }
        return lines.stream().map(l -> l.replace("%", "%%")).toArray(String[]::new);
    }
}
