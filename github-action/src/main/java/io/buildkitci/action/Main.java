package io.buildkitci.action;

import io.buildkitci.action.cli.CommandLineHost;
import io.buildkitci.action.github.GitHubHost;
import io.buildkitci.action.host.Host;
import io.buildkitci.action.rehearsal.Rehearsal;
import io.buildkitci.action.rehearsal.Stage;
import io.buildkitci.failure.Blame;
import io.buildkitci.local.Interruptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the jar starts. */
public final class Main {
    /** The first argument that asks for a rehearsal; no step for people. */
    private static final String REHEARSE = "rehearse";

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // the last place where a bug can still be told
    private static int run(String[] arguments) {
        try {
            return Interruptions.run(() -> work(List.of(arguments), ThisProcess.host()));
        } catch (Exception | StackOverflowError | OutOfMemoryError bug) {
            System.err.println("buildkit-ci: this is a bug; please report it with what follows");
            bug.printStackTrace();
            return Blame.OURS.exitCode();
        }
    }

    private static int work(List<String> arguments, Host host) throws IOException, InterruptedException {
        if (arguments.equals(List.of(REHEARSE))) {
            return Rehearsal.of(host, List.of(Main::onTheCommandLine, Main::inAWorkflow));
        }
        boolean action = arguments.size() == 2 && arguments.get(0).equals(GitHubHost.ARGUMENT);
        return action ? GitHubHost.run(arguments.get(1), host) : CommandLineHost.run(arguments, host);
    }

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

    private static int inAWorkflow(Stage stage) throws InterruptedException {
        Map<String, String> environment = new HashMap<>();
        environment.put("INPUT_STEP", "build-push");
        environment.put("INPUT_BUILDER", Stage.BUILDER);
        environment.put("INPUT_PLATFORMS", "linux/amd64,linux/arm64");
        environment.put("INPUT_TAGS", "localhost:5000/rehearsal:1");
        environment.put("INPUT_BUILD-ARGS", "VERSION=1");
        environment.put("INPUT_PUSH", "true");
        environment.put("INPUT_GITHUB-TOKEN", "rehearsal");
        environment.put("INPUT_CONTEXT", stage.context().toString());
        environment.put("GITHUB_REPOSITORY", "rehearsal/rehearsal");
        environment.put("GITHUB_RUN_ID", "1");
        for (String name : List.of("GITHUB_OUTPUT", "GITHUB_STATE", "GITHUB_STEP_SUMMARY")) {
            environment.put(name, stage.place(name).toString());
        }
        return GitHubHost.run("main", stage.host(environment));
    }
}
