package io.buildkitci.action.github;

import io.buildkitci.action.host.Host;
import io.buildkitci.action.job.Job;
import io.buildkitci.action.runner.RunnerFiles;
import io.buildkitci.action.runner.StepLog;
import io.buildkitci.failure.Blame;
import io.buildkitci.input.RawInput;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.IntFunction;

/** Runs the main or the post step of an action to its exit code. */
public final class GitHubHost {
    /** The first argument of a process that is an action. */
    public static final String ARGUMENT = "github";

    private static final String POST = "post";

    private static final String STEPS = "build-push, bake, setup-qemu, create-builder, all";
    private static final int TOKEN_BYTES = 16;

    private GitHubHost() {}

    /**
     * @param stage which of an action's two steps it is, by the runner's words
     * @param random so many bytes that nobody can know beforehand
     * @return the exit code
     */
    public static int run(String stage, Host host, IntFunction<byte[]> random) throws InterruptedException {
        RunnerFiles files = new RunnerFiles(host::variable, host.tools().files(), () -> token(random));
        Job job = Job.from(host.environment(), host.tools().files()::read);
        try (StepLog log = new StepLog(host.out(), token(random))) {
            ActionRun run = new ActionRun(RawInput.NONE, host, job, log, files);
            return stage.equals(POST) ? Cleanup.run(run) : watched(run);
        }
    }

    /** Only while the main step is at work is its post step to start for what a killed one leaves. */
    private static int watched(ActionRun run) throws InterruptedException {
        remember(Undo.UNFINISHED, run);
        try {
            return main(run);
        } finally {
            if (run.files().state(Undo.STATE).equals(Optional.of(Undo.UNFINISHED))) {
                remember("", run);
            }
        }
    }

    private static void remember(String undo, ActionRun run) {
        try {
            run.files().state(Undo.STATE, undo);
        } catch (IOException e) {
            run.log().debug("nothing is remembered for the post step: " + e.getMessage());
        }
    }

    private static int main(ActionRun run) throws InterruptedException {
        String step = run.host().variable(ActionInputs.STEP).orElse("").strip();
        Optional<Action> action = action(step);
        if (action.isEmpty()) {
            return run.fail(
                    Blame.INPUT,
                    "the input 'step' is '" + step + "'; it is one of " + STEPS,
                    "Leave it out: each action sets its own.");
        }
        RawInput inputs =
                ActionInputs.read(run.host().environment(), action.get().tables(), run.log());
        return action.get().main(run.with(inputs));
    }

    /** By the value of the input {@code step}. Only that one is made, for each brings tables of inputs with it. */
    private static Optional<Action> action(String step) {
        return switch (step) {
            case "build-push" -> Optional.of(new BuildAction());
            case "bake" -> Optional.of(new BakeAction());
            case "setup-qemu" -> Optional.of(new QemuAction());
            case "create-builder" -> Optional.of(new BuilderAction());
            case "all" -> Optional.of(new AllAction());
            default -> Optional.empty();
        };
    }

    private static String token(IntFunction<byte[]> random) {
        return "buildkit-ci-" + HexFormat.of().formatHex(random.apply(TOKEN_BYTES));
    }
}
