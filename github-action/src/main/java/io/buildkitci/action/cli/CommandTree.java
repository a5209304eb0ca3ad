package io.buildkitci.action.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The commands of the command line, made from the steps and their inputs. */
final class CommandTree {
    static final String NAME = "buildkit-ci";

    private CommandTree() {}

    /** Only the step that is called gets its flags: the others cost nothing. */
    static CommandLine of(List<Step> steps, String called, String version) {
        CommandSpec root = CommandSpec.create().name(NAME).version(NAME + " " + version);
        root.usageMessage()
                .description("Builds, caches and pushes container images of several platforms with BuildKit.")
                .footer(
                        "",
                        "Every input is a flag, an environment variable (BUILDKIT_CI_PLATFORMS) or a key of a YAML"
                                + " file (--config), in this order of precedence.",
                        "Exit codes: 0 built, 1 the build failed, 2 bad input, 3 the environment is not usable,",
                        "4 a remote service failed, 70 our own fault, 130 cancelled.");
        root.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Shows the version.")
                .build());
        for (Step step : steps) {
            root.addSubcommand(
                    step.table().step(), step(step, step.table().step().equals(called)));
        }
        return new CommandLine(root).setUsageHelpWidth(110).setUsageHelpLongOptionsMaxWidth(34);
    }

    private static CommandSpec step(Step step, boolean withFlags) {
        CommandSpec command = CommandSpec.create();
        command.parser().unmatchedArgumentsAllowed(true);
        command.usageMessage()
                .description(step.description(), "")
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .footer("", "Example:", "  " + step.example());
        if (!withFlags) {
            return command;
        }
        FlagSpecs.addTo(command, step.table());
        toggle(command, "--json", "Prints the result as JSON on standard output.");
        if (step.canPlan()) {
            toggle(command, "--plan", "Prints what would be run as JSON and runs nothing.");
        }
        command.addOption(OptionSpec.builder("--config")
                .type(String.class)
                .paramLabel("<file>")
                .description("A YAML file with inputs.")
                .build());
        command.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build());
        if (step.takesContext()) {
            command.addPositional(PositionalParamSpec.builder()
                    .index("0..*")
                    .arity("0..*")
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .paramLabel("[<context>]")
                    .description("Directory or URL to build from; the same as --context.")
                    .build());
        }
        return command;
    }

    private static void toggle(CommandSpec command, String name, String description) {
        command.addOption(OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build());
    }
}
