package io.buildkitci.action.cli;

import io.buildkitci.input.InputSpec;
import java.util.Set;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** The flags of a step: one for each of its inputs and their aliases, and those of the command line itself. */
final class StepFlags {
    static final String CONFIG = "config";
    static final String HELP = "help";
    static final String HTML_FILE = "html-file";
    static final String JSON = "json";
    static final String JSON_FILE = "json-file";
    static final String PLAN = "plan";

    /** The command line's own, whatever a step's inputs are called. */
    private static final Set<String> OWN = Set.of(CONFIG, HELP, HTML_FILE, JSON, JSON_FILE, PLAN);

    private StepFlags() {}

    static Options of(Step step) {
        Options options = new Options()
                .addOption(Option.builder("h").longOpt(HELP).get())
                .addOption(Option.builder().longOpt(JSON).get())
                .addOption(Option.builder().longOpt(CONFIG).hasArg().get());
        if (step.canPlan()) {
            options.addOption(Option.builder().longOpt(PLAN).get());
            options.addOption(Option.builder().longOpt(JSON_FILE).hasArg().get());
            options.addOption(Option.builder().longOpt(HTML_FILE).hasArg().get());
        }
        for (InputSpec input : step.table().specs()) {
            options.addOption(Option.builder().longOpt(input.name()).hasArg().get());
            input.aliases().stream()
                    .filter(alias -> !OWN.contains(alias))
                    .forEach(alias -> options.addOption(
                            Option.builder().longOpt(alias).hasArg().get()));
        }
        return options;
    }

    /** Whether a flag is the command line's own, and so no input. */
    static boolean isOwn(String name) {
        return OWN.contains(name);
    }
}
