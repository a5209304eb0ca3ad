package io.buildkitci.action.cli;

import io.buildkitci.action.host.Host;
import io.buildkitci.action.yaml.ConfigFile;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs one command line to its exit code. */
public final class CommandLineHost {
    /** The first word of steps that have two. */
    private static final String CACHE = "cache";

    private static final List<Step> STEPS = Stream.concat(
                    Stream.of(
                            new BuildPushStep(),
                            new BakeStep(),
                            new SetupQemuStep(),
                            new CreateBuilderStep(),
                            new RemoveBuilderStep(),
                            new DoctorStep(),
                            new CacheServeStep(CommandLineHost::random),
                            new CacheTokenStep(CommandLineHost::random)),
                    CacheStoreStep.all().stream())
            .toList();

    private static final Set<String> NAMES =
            STEPS.stream().map(s -> s.table().step()).collect(Collectors.toSet());

    private final Host host;

    private CommandLineHost(Host host) {
        this.host = host;
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    /** @return the exit code */
    public static int run(List<String> arguments, Host host) throws InterruptedException {
        return new CommandLineHost(host).run(arguments);
    }

    static List<Step> steps() {
        return STEPS;
    }

    private int run(List<String> arguments) throws InterruptedException {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        switch (first) {
            case "-h", "--help" -> {
                host.out().print(HelpText.overview(STEPS));
                return Blame.BUILT;
            }
            case "-V", "--version" -> {
                host.out().println(HelpText.NAME + " " + host.version());
                return Blame.BUILT;
            }
            default -> {
                int words = first.equals(CACHE) && arguments.size() > 1 ? 2 : 1;
                String name = String.join(" ", arguments.subList(0, Math.min(words, arguments.size())));
                Optional<Step> step = STEPS.stream()
                        .filter(s -> s.table().step().equals(name))
                        .findFirst();
                return step.isPresent() ? run(step.get(), arguments.subList(words, arguments.size())) : noStep(name);
            }
        }
    }

    private int noStep(String first) {
        if (!first.isEmpty()) {
            host.err().println(HelpText.NAME + ": there is no step '" + first + "'\n");
        }
        host.err().print(HelpText.overview(STEPS));
        return Blame.INPUT.exitCode();
    }

    private int run(Step step, List<String> arguments) throws InterruptedException {
        Arguments parsed = Arguments.parse(arguments, StepFlags.of(step), step.table());
        if (parsed.has(StepFlags.HELP)) {
            host.out().print(HelpText.of(step));
            return Blame.BUILT;
        }
        return step.run(invocation(parsed, step));
    }

    private Invocation invocation(Arguments parsed, Step step) {
        List<Problem> problems = new ArrayList<>(parsed.problems());
        RawInput flags = step.table().canonical(Sources.flags(parsed, step.table()));
        if (flags.get("secrets").isPresent()) {
            host.err()
                    .println("note: --secrets: every user of this machine can read what stands on a command line;"
                            + " --secret-envs, --secret-files and BUILDKIT_CI_SECRETS keep it to yourself");
        }
        ConfigFile config = config(parsed, step);
        problems.addAll(config.problems());
        RawInput inputs = withContext(parsed, flags, step, problems)
                .over(Sources.environment(host.environment(), step.table()))
                .over(step.table().canonical(config.input()));
        Invocation.ReportFiles files = new Invocation.ReportFiles(
                file(StepFlags.JSON_FILE, parsed, problems), file(StepFlags.HTML_FILE, parsed, problems));
        return new Invocation(inputs, problems, parsed.has(StepFlags.PLAN), parsed.has(StepFlags.JSON), files, host);
    }

    private static RawInput withContext(Arguments parsed, RawInput flags, Step step, List<Problem> problems) {
        List<String> given = parsed.others();
        boolean mayBeValues = !parsed.bare().isEmpty(); // of flags that there are not
        if (given.isEmpty() || mayBeValues) {
            return flags;
        }
        if (!step.further().isEmpty()) {
            String list = step.further();
            if (flags.get(list).isPresent()) {
                problems.add(
                        new Problem(list, String.join(" ", given), "given as flags and as arguments; take one way"));
                return flags;
            }
            return RawInput.of(Map.of(list, RawValue.of(given))).over(flags);
        }
        if (!step.takesContext()) {
            problems.add(new Problem(step.table().step(), String.join(" ", given), "it takes flags only"));
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

    private Optional<Path> file(String flag, Arguments parsed, List<Problem> problems) {
        Optional<String> given = parsed.value(flag);
        Optional<Path> file = given.filter(name -> !name.isBlank()).flatMap(Host::path);
        if (given.isPresent() && file.isEmpty()) {
            problems.add(new Problem("--" + flag, "", "needs the path of a file"));
        }
        if (file.filter(host.tools().files()::isDirectory).isPresent()) {
            problems.add(new Problem("--" + flag, given.orElse(""), "is a directory; name a file"));
        }
        return file;
    }

    private ConfigFile config(Arguments parsed, Step step) {
        Optional<String> name = parsed.value(StepFlags.CONFIG);
        if (name.isEmpty()) {
            return ConfigFile.NONE;
        }
        return Host.path(name.get())
                .flatMap(host.tools().files()::read)
                .map(text -> ConfigFile.parse(name.get(), text, step.table(), NAMES))
                .orElseGet(() -> new ConfigFile(
                        RawInput.NONE,
                        List.of(new Problem("--config", name.get(), "no such file, or it cannot be read"))));
    }
}
