package io.buildkitci.action.it;

import io.buildkitci.action.dropin.ActionYml;
import io.buildkitci.action.runner.RunnerView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A step of a job that uses one of our actions, run as actions/runner does: Node with the launcher that {@code action.yml}
 * names, {@code INPUT_*} of every declared input, and a set of files for each stage. What the main stage left in its state
 * file is {@code STATE_*} in the post stage.
 */
final class RunnerStep {
    private static final List<String> FILES = List.of("ENV", "OUTPUT", "PATH", "STATE", "STEP_SUMMARY");

    private final RunnerJob job;
    private final String action;
    private final Map<String, String> inputs = new TreeMap<>();
    private final Map<String, String> variables = new TreeMap<>();
    private Map<String, String> state = Map.of();
    private boolean due;

    RunnerStep(RunnerJob job, String action) {
        this.job = job;
        this.action = action;
    }

    RunnerStep input(String name, String value) {
        inputs.put(name, value);
        return this;
    }

    RunnerStep inputs(Map<String, String> more) {
        inputs.putAll(more);
        return this;
    }

    /** {@code env} of the step. */
    RunnerStep with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /**
     * How a stage ended.
     *
     * @param log what the runner reads
     * @param state as the post stage gets it
     */
    record Told(int exit, String log, Map<String, String> outputs, Map<String, String> state, String summary) {
        RunnerView view() {
            return RunnerView.of(log);
        }

        /** An output that has to have been set. */
        String output(String name) {
            String value = outputs.get(name);
            if (value == null) {
                throw new AssertionError("no output '" + name + "': " + this);
            }
            return value;
        }

        List<String> errors() {
            return view().data("error");
        }

        /** All that people get to see of it, before the runner hides what was masked. */
        String shown() {
            String commands = view().commands().stream()
                    .filter(command -> !command.name().equals("add-mask"))
                    .map(RunnerView.Command::toString)
                    .collect(Collectors.joining("\n"));
            return String.join("\n", view().plain()) + commands + outputs + state + summary;
        }
    }

    /** A main stage under way. */
    final class Started implements AutoCloseable {
        private final Running running;
        private final Path files;

        private Started(Running running, Path files) {
            this.running = running;
            this.files = files;
        }

        Running running() {
            return running;
        }

        /** What the main stage would leave for the post stage if it ended now. */
        String stateSoFar() throws IOException {
            return Files.readString(files.resolve("STATE"));
        }

        /** As a runner cancels a job: it asks by SIGINT, 7.5 s later by SIGTERM, and kills 2.5 s later. */
        Told cancel() throws IOException, InterruptedException {
            running.signal("INT");
            if (!running.ends(Duration.ofMillis(7500))) {
                running.signal("TERM");
                if (!running.ends(Duration.ofMillis(2500))) {
                    running.signal("KILL");
                }
            }
            return end();
        }

        /** Node, Java and what they started, as when the machine runs out of memory: none gets to tidy up. */
        Told kill() throws IOException, InterruptedException {
            running.close();
            return end();
        }

        Told end() throws IOException, InterruptedException {
            Told told = tell(running.end(), files);
            state = told.state();
            return told;
        }

        @Override
        public void close() {
            running.close();
        }
    }

    Told main() throws IOException, InterruptedException {
        try (Started started = start()) {
            return started.end();
        }
    }

    Started start() throws IOException {
        return start(List.of());
    }

    /**
     * Below a process that goes on when the stage is over, as a runner's worker does.
     *
     * @param worker a shell by another name
     * @param over is there with the exit code when the stage is over
     */
    Started startBelow(Path worker, Path over) throws IOException {
        String script = "\"$@\"; echo $? > \"$0.new\"; mv \"$0.new\" \"$0\"; exec sleep 1000";
        return start(List.of(worker.toString(), "-c", script, over.toString()));
    }

    private Started start(List<String> before) throws IOException {
        due = true;
        Path files = files();
        return new Started(stage("main", files, before), files);
    }

    Told post() throws IOException, InterruptedException {
        due = false;
        Path files = files();
        try (Running running = stage("post", files, List.of())) {
            return tell(running.end(), files);
        }
    }

    boolean isDue() {
        return due;
    }

    private Path files() throws IOException {
        Path files = Files.createTempDirectory(job.folder().resolve("runner"), "files-");
        for (String name : FILES) {
            Files.createFile(files.resolve(name));
        }
        return files;
    }

    private Running stage(String name, Path files, List<String> before) throws IOException {
        Map<String, String> environment = new TreeMap<>(job.environment());
        FILES.forEach(
                file -> environment.put("GITHUB_" + file, files.resolve(file).toString()));
        environment.put("GITHUB_ACTION", "__" + action.toLowerCase(Locale.ROOT));
        environment.putAll(variables);
        environment.putAll(ActionYml.of(action).variables(inputs));
        state.forEach((key, value) -> environment.put("STATE_" + key, value));
        Path launcher = Workflows.ROOT.resolve("dist").resolve(name + ".cjs");
        return Running.start(
                Stream.concat(before.stream(), Stream.of("node", launcher.toString()))
                        .toList(),
                environment,
                job.workspace(),
                job.folder().resolve("said"));
    }

    private static Told tell(Said said, Path files) throws IOException {
        if (!said.err().isEmpty()) {
            throw new AssertionError("said outside of the log: " + said);
        }
        for (String untouched : List.of("ENV", "PATH")) {
            if (Files.size(files.resolve(untouched)) > 0) {
                throw new AssertionError("changes the environment of later steps");
            }
        }
        return new Told(
                said.exit(),
                said.out(),
                RunnerView.values(Files.readString(files.resolve("OUTPUT"))),
                RunnerView.values(Files.readString(files.resolve("STATE"))),
                Files.readString(files.resolve("STEP_SUMMARY")));
    }
}
