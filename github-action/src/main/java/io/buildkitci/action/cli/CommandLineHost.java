package io.buildkitci.action.cli;

import io.buildkitci.failure.Blame;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Runs one command line to its exit code. */
public final class CommandLineHost {
    private final List<Step> steps;
    private final Host host;

    CommandLineHost(List<Step> steps, Host host) {
        this.steps = List.copyOf(steps);
        this.host = host;
    }

    /** @return the exit code */
    public static int run(List<String> arguments, Host host) throws InterruptedException {
        return new CommandLineHost(Steps.ALL, host).run(arguments);
    }

    int run(List<String> arguments) throws InterruptedException {
        String called = arguments.isEmpty() ? "" : arguments.get(0);
        CommandLine tree = CommandTree.of(steps, called, host.version());
        ParseResult parsed;
        try {
            parsed = tree.parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            host.err().println(CommandTree.NAME + ": " + e.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(e, host.err());
            host.err().println("\n" + CommandTree.NAME + " --help lists what there is.");
            return Blame.INPUT.exitCode();
        }
        if (CommandLine.printHelpIfRequested(parsed)) {
            return Blame.BUILT;
        }
        if (!parsed.hasSubcommand()) {
            tree.usage(host.err());
            return Blame.INPUT.exitCode();
        }
        ParseResult own = parsed.subcommand();
        Step step = steps.stream()
                .filter(s -> s.table().step().equals(own.commandSpec().name()))
                .findFirst()
                .orElseThrow();
        return step.run(invocation(own, step));
    }

    private Invocation invocation(ParseResult parsed, Step step) {
        List<Problem> problems = new ArrayList<>();
        RawInput flags = Flags.of(parsed, step.table());
        if (step.takesContext()) {
            flags = context(parsed, flags, problems);
        } else {
            parsed.unmatched().stream()
                    .filter(stray -> !stray.startsWith("-"))
                    .forEach(stray -> problems.add(new Problem(
                            CommandTree.NAME + " " + step.table().step(),
                            stray,
                            "takes flags only, no such argument")));
        }
        ConfigFile config = config(parsed, step);
        problems.addAll(config.problems());
        RawInput inputs = step.table()
                .canonical(flags)
                .over(Flags.environment(host.environment(), step.table()))
                .over(step.table().canonical(config.input()));
        boolean plan = step.canPlan() && parsed.matchedOptionValue("--plan", false);
        return new Invocation(inputs, problems, plan, parsed.matchedOptionValue("--json", false), host);
    }

    private static RawInput context(ParseResult parsed, RawInput flags, List<Problem> problems) {
        List<String> given = parsed.matchedPositionalValue(0, List.of());
        if (given.isEmpty()) {
            return flags;
        }
        if (given.size() > 1 || flags.get("context").isPresent()) {
            problems.add(new Problem(
                    "context",
                    String.join(" ", given),
                    "one context can be given, as --context or as the one argument that is no flag"));
            return flags;
        }
        return RawInput.of(Map.of("context", RawValue.of(given.get(0)))).over(flags);
    }

    private ConfigFile config(ParseResult parsed, Step step) {
        Optional<String> name = Optional.ofNullable(parsed.matchedOptionValue("--config", (String) null));
        if (name.isEmpty()) {
            return ConfigFile.NONE;
        }
        Optional<String> text = host.tools().files().read(Path.of(name.get()));
        if (text.isEmpty()) {
            return new ConfigFile(
                    RawInput.NONE, List.of(new Problem("--config", name.get(), "no such file, or it cannot be read")));
        }
        Set<String> names = steps.stream().map(s -> s.table().step()).collect(Collectors.toSet());
        return ConfigFile.parse(name.get(), text.get(), step.table(), names);
    }
}
