package io.buildkitci.build;

import io.buildkitci.console.ProgressView;
import io.buildkitci.plan.BuildPlan;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.progress.BuildTrace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Carries out a plan: files into the workspace, buildx to its end, what it wrote out of the workspace again. */
final class BuildxRun {
    private final ProcessRunner processes;
    private final HostFiles files;
    private final Supplier<ProgressView> view;
    private final Redactor redactor;

    /** @param view asked at most once */
    BuildxRun(ProcessRunner processes, HostFiles files, Supplier<ProgressView> view, Redactor redactor) {
        this.processes = processes;
        this.files = files;
        this.view = view;
        this.redactor = redactor;
    }

    /**
     * What came of it; every text is masked.
     *
     * @param clientText what buildx said besides progress, the last lines of it
     * @param answer what buildx said on standard output: what {@code --call} asks for
     */
    record Ended(
            Outcome outcome,
            BuildTrace trace,
            List<String> clientText,
            List<String> answer,
            Metadata metadata,
            Optional<String> imageId) {}

    /** Runs it; the view is closed at its end. */
    Ended run(BuildPlan plan, Workspace workspace) throws IOException, InterruptedException {
        Map<String, String> written = new TreeMap<>(plan.files());
        for (Map.Entry<String, String> file : written.entrySet()) {
            workspace.write(file.getKey(), file.getValue());
        }
        Command command = Command.of(plan.argv()).withEnvironment(plan.environment());
        try (Following following = new Following(redactor, view)) {
            Outcome outcome = processes.run(command, following);
            return new Ended(
                    outcome,
                    following.trace(),
                    following.clientText(),
                    following.answer(),
                    files.read(workspace.path().resolve(RunPlace.METADATA))
                            .map(Metadata::parse)
                            .orElse(Metadata.NONE),
                    files.read(workspace.path().resolve(RunPlace.IMAGE_ID))
                            .map(String::strip)
                            .filter(id -> !id.isEmpty()));
        }
    }
}
