package io.buildkitci.build;

import io.buildkitci.plan.BakePlan;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.Command;
import io.buildkitci.process.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Targets of a definition under way. */
final class BakeRun implements ClientRun<Baked> {
    private final Tools tools;
    private final BakeEnd end;
    private final BakePlan plan;
    private final BakePlan.Exact exact;
    private final BuildxRun.Start start;
    private final Following following;
    private final CacheDirectories caches;
    private final Silence silence;
    private final List<String> troubles = new ArrayList<>();
    private boolean succeeded;

    BakeRun(Tools tools, Builds builds, Bakes.Ready ready, BuildxRun.Start start) {
        this.tools = tools;
        this.end = new BakeEnd(tools, builds, ready, start.began());
        this.plan = ready.plan();
        this.exact = plan.exact(new RunPlace(
                start.directory().toString(), start.directory().getFileName().toString()));
        this.start = start;
        this.following = new Following(start.redactor(), start.view());
        this.caches = new CacheDirectories(tools.files());
        this.silence = new Silence(tools.clock(), plan.request().patience().inactivity());
    }

    /** Mends caches that a killed run left. */
    BakeRun mended() throws IOException {
        troubles.addAll(caches.recover(exact.swaps(), start.directory()));
        start.writesElsewhere(exact.swaps(), List.of());
        return this;
    }

    @Override
    public Command command() {
        return BakeCheck.command(exact.argv(), plan);
    }

    @Override
    public List<String> files() {
        return List.of(RunPlace.METADATA);
    }

    @Override
    public void line(Stream stream, String line) {
        silence.broken();
        following.line(stream, line);
    }

    @Override
    public Optional<Duration> stalled() {
        return silence.tooLong(following::soFar);
    }

    @Override
    public Baked end(Outcome outcome) throws InterruptedException {
        succeeded = outcome.succeeded();
        troubles.addAll(succeeded ? caches.exchange(exact.swaps()) : List.of());
        Optional<String> metadata = tools.files().read(start.directory().resolve(RunPlace.METADATA));
        Baked baked = end.of(new BakeEnd.Left(outcome, following, metadata, troubles, silence.waiting()));
        following.close();
        return baked;
    }

    @Override
    public void close() {
        following.close();
        if (!succeeded) {
            caches.discard(exact.swaps());
        }
    }
}
