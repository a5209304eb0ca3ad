package io.buildkitci.build;

import io.buildkitci.plan.BakePlan;
import io.buildkitci.plan.BuildPlan.DirectorySwap;
import io.buildkitci.plan.RunPlace;
import io.buildkitci.process.Command;
import io.buildkitci.process.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Targets of a definition under way. */
final class BakeRun implements ClientRun<Baked> {
    private final Tools tools;
    private final BakeEnd end;
    private final BakePlan plan;
    private final List<String> argv;
    private final List<DirectorySwap> swaps;
    private final BuildxRun.Start start;
    private final Following following;
    private final CacheDirectories caches;
    private final Silence silence;
    private final BakeOutputs outputs;
    private final List<String> troubles = new ArrayList<>();
    private boolean succeeded;

    BakeRun(Tools tools, Builds builds, Bakes.Ready ready, BuildxRun.Start start) {
        this.tools = tools;
        this.end = new BakeEnd(tools, builds, ready, start.began());
        this.plan = ready.plan();
        BakePlan.Exact exact = plan.exact(new RunPlace(
                start.directory().toString(), start.directory().getFileName().toString()));
        Path base = Path.of(plan.request().what().directory().orElse(""));
        this.argv = exact.argv();
        this.swaps = exact.swaps().stream()
                .map(swap -> new DirectorySwap(
                        base.resolve(swap.fresh()).toString(),
                        base.resolve(swap.target()).toString(),
                        swap.adds()))
                .toList();
        this.outputs = new BakeOutputs(tools.files(), exact.staged(), base);
        this.start = start;
        this.following = new Following(start.redactor(), start.view());
        this.caches = new CacheDirectories(tools.files());
        this.silence = new Silence(tools.clock(), plan.request().patience().inactivity());
    }

    /** Mends what a killed run left in the places that this one writes to. */
    BakeRun mended() throws IOException {
        outputs.prepare(start.directory());
        troubles.addAll(caches.recover(swaps, start.directory()));
        start.writesElsewhere(swaps, outputs.fresh());
        outputs.lend();
        return this;
    }

    @Override
    public Command command() {
        return BakeCheck.command(argv, plan);
    }

    @Override
    public List<String> files() {
        return List.of(RunPlace.METADATA);
    }

    @Override
    public void line(Stream stream, String line) {
        silence.broken();
        following.line(stream, CacheDirectories.named(outputs.named(line), swaps));
    }

    @Override
    public Optional<Duration> stalled() {
        return silence.tooLong(following::soFar);
    }

    @Override
    public Baked end(Outcome outcome) throws InterruptedException {
        succeeded = outcome.succeeded();
        troubles.addAll(succeeded ? caches.exchange(swaps) : List.of());
        Optional<String> metadata = tools.files().read(start.directory().resolve(RunPlace.METADATA));
        Baked baked = end.of(new BakeEnd.Left(outcome, following, metadata, outputs, troubles, silence.waiting()));
        following.close();
        return baked;
    }

    @Override
    public void close() {
        following.close();
        outputs.discard();
        if (!succeeded) {
            caches.discard(swaps);
        }
    }
}
