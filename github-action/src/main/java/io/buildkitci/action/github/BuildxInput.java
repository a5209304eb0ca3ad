package io.buildkitci.action.github;

import io.buildkitci.action.host.BuildxSetup;
import io.buildkitci.action.host.Host;
import io.buildkitci.failure.Blame;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Gets the buildx that the inputs ask for, for this step and for the later ones of the job. */
final class BuildxInput {
    private BuildxInput() {}

    /** The work of a step, with the buildx that it is to use. */
    @FunctionalInterface
    interface Work {
        int with(ActionRun run) throws InterruptedException;
    }

    /** @return the exit code of the work, or of what kept it from being done, which is told */
    static int then(BuilderRequest request, ActionRun run, Work work) throws InterruptedException {
        Optional<Path> kept = request.cacheBinary()
                ? Optional.empty()
                : run.host().variable("RUNNER_TEMP").flatMap(Host::path);
        BuildxSetup setup = new BuildxSetup(run.host(), line -> run.log().line(line), kept);
        BuildxSetup.Answer answer = request.builder().driver() == Driver.BUILDKITD
                ? setup.buildkit(request.version(), request.installFrom())
                : setup.get(request.version(), request.installFrom(), true);
        if (answer instanceof BuildxSetup.Failed failed) {
            Blame blame = BuildxSetup.blame(failed.failure());
            return run.fail(blame, failed.failure().text(), failed.failure().advice());
        }
        BuildxSetup.Ready ready = (BuildxSetup.Ready) answer;
        ready.place().ifPresent(place -> tellLaterSteps(ready.variable(), place, run));
        return work.with(run.on(ready.host()));
    }

    private static void tellLaterSteps(String variable, Path place, ActionRun run) {
        try {
            run.files().environment(variable, place.toString());
        } catch (IOException e) {
            run.log().warn("later steps are not told which of it to use: " + e.getMessage());
        }
    }
}
