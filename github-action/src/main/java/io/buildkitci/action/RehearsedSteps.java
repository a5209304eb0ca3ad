package io.buildkitci.action;

import io.buildkitci.action.cli.CommandLineHost;
import io.buildkitci.action.github.GitHubHost;
import io.buildkitci.action.host.Host;
import io.buildkitci.action.rehearsal.Rehearsal;
import io.buildkitci.action.rehearsal.Stage;
import io.buildkitci.local.Unguessable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps that people wait for, as the class archive's training run goes through them. */
final class RehearsedSteps {
    static final List<Rehearsal.Part> ALL = List.of(
            RehearsedSteps::onTheCommandLine,
            RehearsedSteps::aBuildOfAWorkflow,
            RehearsedSteps::itsBuilder,
            RehearsedSteps::itsEmulators);

    private RehearsedSteps() {}

    private static int onTheCommandLine(Stage stage) throws InterruptedException {
        List<String> arguments = List.of(
                "build-push",
                "--builder=" + Stage.BUILDER,
                "--platforms=linux/amd64,linux/arm64",
                "--tags=localhost:5000/rehearsal:1",
                "--build-args=VERSION=1",
                "--push",
                stage.context().toString());
        return CommandLineHost.run(arguments, stage.host(Map.of()));
    }

    private static int aBuildOfAWorkflow(Stage stage) throws InterruptedException {
        Map<String, String> environment = aStep(stage, "build-push");
        environment.put("INPUT_BUILDER", Stage.BUILDER);
        environment.put("INPUT_PLATFORMS", "linux/amd64,linux/arm64");
        environment.put("INPUT_TAGS", "localhost:5000/rehearsal:1");
        environment.put("INPUT_BUILD-ARGS", "VERSION=1");
        environment.put("INPUT_PUSH", "true");
        environment.put("INPUT_GITHUB-TOKEN", "rehearsal");
        environment.put("INPUT_CONTEXT", stage.context().toString());
        return GitHubHost.run("main", stage.host(environment), Unguessable::bytes);
    }

    private static int itsBuilder(Stage stage) throws InterruptedException {
        Map<String, String> environment = aStep(stage, "create-builder");
        int made = GitHubHost.run("main", stage.host(environment), Unguessable::bytes);
        environment.put("STATE_undo", "{\"builder\":\"" + Stage.BUILDER + "\",\"previous\":\"default\"}");
        return Math.max(made, GitHubHost.run("post", stage.host(environment), Unguessable::bytes));
    }

    /** For the platform of this machine, so that nothing is changed. */
    private static int itsEmulators(Stage stage) throws InterruptedException {
        Map<String, String> environment = aStep(stage, "setup-qemu");
        Host host = stage.host(environment);
        environment.put("INPUT_PLATFORMS", host.tools().platform().render());
        return GitHubHost.run("main", stage.host(environment), Unguessable::bytes);
    }

    private static Map<String, String> aStep(Stage stage, String step) {
        Map<String, String> environment = new HashMap<>();
        environment.put("INPUT_STEP", step);
        environment.put("GITHUB_REPOSITORY", "rehearsal/rehearsal");
        environment.put("GITHUB_RUN_ID", "1");
        for (String name : List.of("GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY")) {
            environment.put(name, stage.place(name).toString());
        }
        return environment;
    }
}
