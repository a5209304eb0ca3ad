package io.buildkitci.build;

import io.buildkitci.console.ProgressView;
import io.buildkitci.plan.BuildPlan;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.buildkitci.progress.BuildTrace;
import io.buildkitci.progress.ProgressDecoder;
import io.buildkitci.progress.ProgressLine;
import io.buildkitci.progress.TraceRecorder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Carries out a plan: files into the workspace, buildx to its end, what it wrote out of the workspace again. */
final class BuildxRun {
    /** The client's own words that are kept; it says little, but a broken one could say much. */
    private static final int MOST_CLIENT_LINES = 500;

    private static final long TICK_MILLIS = 100;

    private final ProcessRunner processes;
    private final HostFiles files;
    private final ProgressView view;
    private final Redactor redactor;

    BuildxRun(ProcessRunner processes, HostFiles files, ProgressView view, Redactor redactor) {
        this.processes = processes;
        this.files = files;
        this.view = view;
        this.redactor = redactor;
    }

    /**
     * What came of it; every text is masked.
     *
     * @param clientText what buildx said besides progress, the last lines of it
     */
    record Ended(
            Outcome outcome, BuildTrace trace, List<String> clientText, Metadata metadata, Optional<String> imageId) {}

    /** Runs it; the view is closed at its end. */
    Ended run(BuildPlan plan, Workspace workspace) throws IOException, InterruptedException {
        Map<String, String> written = new TreeMap<>(plan.files());
        for (Map.Entry<String, String> file : written.entrySet()) {
            workspace.write(file.getKey(), file.getValue());
        }
        TraceRecorder recorder = new TraceRecorder(redactor);
        Deque<String> clientText = new ArrayDeque<>();
        ProgressDecoder decoder = new ProgressDecoder();
        LineListener listener = (stream, line) -> {
            ProgressLine decoded = decoder.decode(line);
            recorder.record(decoded);
            if (decoded instanceof ProgressLine.Text text) {
                clientText.addLast(redactor.redact(text.text()));
                if (clientText.size() > MOST_CLIENT_LINES) {
                    clientText.removeFirst();
                }
            }
            view.update(decoded);
        };
        Outcome outcome = ticking(Command.of(plan.argv()).withEnvironment(plan.environment()), listener);
        recorder.finish();
        return new Ended(
                outcome,
                recorder.snapshot(),
                List.copyOf(clientText),
                files.read(workspace.path().resolve(RunPlace.METADATA))
                        .map(Metadata::parse)
                        .orElse(Metadata.NONE),
                files.read(workspace.path().resolve(RunPlace.IMAGE_ID)).map(String::strip));
    }

    private Outcome ticking(Command command, LineListener listener) throws InterruptedException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "buildkit-ci-view");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> ticks = clock.scheduleAtFixedRate(view::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        try {
            return processes.run(command, listener);
        } finally {
            ticks.cancel(false);
            clock.shutdownNow();
            view.close();
        }
    }
}
