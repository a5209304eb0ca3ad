package io.buildkitci.action.github;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.runner.RunnerView;
import io.buildkitci.local.Unguessable;
import io.buildkitci.process.Command;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A step of a workflow job on a played machine: inputs and variables in, and out what the runner makes of it. */
final class PlayedJob {
    static final String COMMIT = "c0ffee0123456789c0ffee0123456789c0ffee01";
    static final String COMMIT_URL = "https://github.example/octo/app.git#" + COMMIT;

    final PlayedMachine machine = new PlayedMachine();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PlayedJob(String step) {
        for (String name : List.of("OUTPUT", "STATE", "STEP_SUMMARY", "ENV", "PATH")) {
            String file = "/runner/" + name.toLowerCase(Locale.ROOT);
            machine.files.with(file, "");
            machine.with("GITHUB_" + name, file);
        }
        machine.with("INPUT_STEP", step)
                .with("GITHUB_ACTIONS", "true")
                .with("GITHUB_SERVER_URL", "https://github.example")
                .with("GITHUB_REPOSITORY", "octo/app")
                .with("GITHUB_SHA", COMMIT)
                .with("GITHUB_REF", "refs/heads/topic")
                .with("GITHUB_REF_NAME", "topic")
                .with("GITHUB_RUN_ID", "7")
                .with("GITHUB_RUN_ATTEMPT", "2")
                .with("GITHUB_WORKSPACE", Path.of("").toAbsolutePath().toString());
    }

    /** What a step said and left, as the runner sees it. */
    record Told(int exit, String log, Map<String, String> outputs, Map<String, String> state, String summary) {
        RunnerView view() {
            return RunnerView.of(log);
        }

        List<String> errors() {
            return view().data("error");
        }
    }

    PlayedJob input(String name, String value) {
        machine.with("INPUT_" + name.toUpperCase(Locale.ROOT), value);
        return this;
    }

    PlayedJob with(String variable, String value) {
        machine.with(variable, value);
        return this;
    }

    Told main() throws InterruptedException {
        return run("main");
    }

    /** The post step, with the state that the main step left. */
    Told post(Told main) throws InterruptedException {
        return post(main.state().getOrDefault(Undo.STATE, ""));
    }

    /** The post step, with a state of its own. */
    Told post(String undo) throws InterruptedException {
        machine.with("STATE_" + Undo.STATE, undo);
        return run("post");
    }

    /** What the last step said so far; for one that ended with an exception. */
    String log() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private Told run(String stage) throws InterruptedException {
        out.reset();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit;
        try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            exit = GitHubHost.run(stage, machine.host(outStream, errStream), Unguessable::bytes);
        }
        if (err.size() > 0) {
            throw new AssertionError("said outside of the log: " + err.toString(StandardCharsets.UTF_8));
        }
        return new Told(
                exit, log(), RunnerView.values(read("output")), RunnerView.values(read("state")), read("step_summary"));
    }

    private String read(String name) {
        return machine.files.read(Path.of("/runner/" + name)).orElse("");
    }

    /** Arguments of the only build that was run. */
    List<String> argv() {
        List<Command> builds = machine.builds();
        if (builds.size() != 1) {
            throw new AssertionError("not one build but " + builds);
        }
        return builds.get(0).argv();
    }
}
