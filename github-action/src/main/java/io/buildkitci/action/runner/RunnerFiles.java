package io.buildkitci.action.runner;

import io.buildkitci.process.HostFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The files through which a step hands values to the runner ({@code GITHUB_OUTPUT}, {@code GITHUB_STATE} …): each value
 * between two lines of a delimiter that it cannot contain, so that it arrives exact to the byte.
 */
public final class RunnerFiles {
    private final Function<String, Optional<String>> variable;
    private final HostFiles files;
    private final Supplier<String> random;
    private final Map<String, String> states = new HashMap<>();

    /**
     * @param variable of the step's environment
     * @param random letters and digits that nobody can know beforehand, others each time
     */
    public RunnerFiles(Function<String, Optional<String>> variable, HostFiles files, Supplier<String> random) {
        this.variable = variable;
        this.files = files;
        this.random = random;
    }

    /** A value for later steps and jobs. */
    public void output(String name, String value) throws IOException {
        assign("GITHUB_OUTPUT", name, value);
    }

    /** A value for this action's post step, where it is {@code STATE_<name>}; a later one takes its place. */
    public void state(String name, String value) throws IOException {
        assign("GITHUB_STATE", name, value);
        states.put(name, value);
    }

    /** What {@link #state(String, String)} wrote last under a name. */
    public Optional<String> state(String name) {
        return Optional.ofNullable(states.get(name));
    }

    /** A variable for later steps of the job. */
    public void environment(String name, String value) throws IOException {
        assign("GITHUB_ENV", name, value);
    }

    /** Adds to what the run's page shows for this job; more than 1 MiB for one step is refused by GitHub. */
    public void summary(String markdown) throws IOException {
        append("GITHUB_STEP_SUMMARY", markdown.endsWith("\n") ? markdown : markdown + "\n");
    }

    /** Whether the runner takes summaries. */
    public boolean takesSummaries() {
        return variable.apply("GITHUB_STEP_SUMMARY").filter(f -> !f.isEmpty()).isPresent();
    }

    private void assign(String file, String name, String value) throws IOException {
        String delimiter = random.get();
        while (value.contains(delimiter) || name.contains(delimiter)) {
            delimiter = random.get();
        }
        append(file, name + "<<" + delimiter + "\n" + value + "\n" + delimiter + "\n");
    }

    private void append(String name, String text) throws IOException {
        String file = variable.apply(name)
                .filter(f -> !f.isEmpty())
                .orElseThrow(() -> new IOException(name + " is not set; GitHub's runner sets it for every step"));
        files.append(Path.of(file), text.getBytes(StandardCharsets.UTF_8));
    }
}
