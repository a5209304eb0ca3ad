package io.buildkitci.action;

import io.buildkitci.action.cli.CommandLineHost;
import io.buildkitci.action.rehearsal.Rehearsal;
import io.buildkitci.action.rehearsal.Stage;
import io.buildkitci.failure.Blame;
import io.buildkitci.local.Interruptions;
import java.io.IOException;
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
            return Interruptions.run(() -> work(List.of(arguments)));
        } catch (Exception | StackOverflowError | OutOfMemoryError bug) {
            System.err.println("buildkit-ci: this is a bug; please report it with what follows");
            bug.printStackTrace();
            return Blame.OURS.exitCode();
        }
    }

    private static int work(List<String> arguments) throws IOException, InterruptedException {
        return arguments.equals(List.of(REHEARSE))
                ? Rehearsal.of(ThisProcess.host(), List.of(Main::onTheCommandLine))
                : CommandLineHost.run(arguments, ThisProcess.host());
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
}
