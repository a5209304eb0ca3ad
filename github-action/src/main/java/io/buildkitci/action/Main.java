package io.buildkitci.action;

import io.buildkitci.action.cli.CommandLineHost;
import io.buildkitci.action.github.GitHubHost;
import io.buildkitci.action.host.Host;
import io.buildkitci.action.rehearsal.Rehearsal;
import io.buildkitci.failure.Blame;
import io.buildkitci.local.Interruptions;
import io.buildkitci.local.Unguessable;
import java.io.IOException;
import java.util.List;

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
            return Rehearsal.of(host, RehearsedSteps.ALL);
        }
        boolean action = arguments.size() == 2 && arguments.get(0).equals(GitHubHost.ARGUMENT);
        if (!action) {
            return CommandLineHost.run(arguments, host);
        }
        Interruptions.whenItEnds(ProcessHandle.current().parent());
        return GitHubHost.run(arguments.get(1), host, Unguessable::bytes);
    }
}
