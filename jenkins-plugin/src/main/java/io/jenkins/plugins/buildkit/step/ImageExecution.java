package io.jenkins.plugins.buildkit.step;

import io.buildkitci.build.OpenedCache;
import io.buildkitci.build.Ran;
import io.buildkitci.build.Retrying;
import io.buildkitci.process.Redactor;
import io.buildkitci.process.Workspaces.Workspace;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A step that builds images: on a builder that is found or made, with a cache service of its own, and again after failures
 * that may pass.
 *
 * @param <T> what comes of a run
 */
public abstract class ImageExecution<T extends Ran<T>> extends DurableExecution<T> {
    private static final long serialVersionUID = 1L;

    private final String call;
    /** Runs that failed before the one that is under way, a sentence each. */
    private volatile ArrayList<String> earlier = new ArrayList<>();
    /** What this run leaves out because of them. */
    private volatile Retrying.Without without = Retrying.Without.NOTHING;
    /** The call for the builder that was found or made, so that a restarted controller takes the same one. */
    private volatile String settled = "";
    /** Whether its builder is one that is made again when it is gone. */
    private volatile boolean comesBack;

    private volatile boolean foundNoBuilder;
    /** The cache service in use, sealed; empty for none. */
    private volatile String cache = "";

    /** @param buildx a tool's name; empty for the buildx of the agent */
    ImageExecution(StepContext context, BuildCall call, String buildx) {
        super(context, buildx);
        this.call = call.sealed();
    }

    /** Reads the parameters, as far as that can be done before credentials are looked up. */
    abstract ImageArguments.Check check();

    /** Makes ready all that the client needs; a cache service goes to {@link #use} at once. */
    abstract DetachedWork<T> prepare(Chosen chosen, LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException;

    /** Finds the same out again for a client that was started before this controller. */
    abstract DetachedWork<T> prepareAgain(Chosen chosen, LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException;

    /** Tells what came of the last run: how the step ends. */
    abstract Runnable ending(T result, Redactor redactor, PrintStream log) throws IOException, InterruptedException;

    @Override
    final DetachedWork<T> prepare(LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException {
        endCache(); // of a run before, or of a start that a restart of the controller cut off
        Chosen chosen = builders(live, place).choose(BuildCall.unsealed(call), build());
        settled = chosen.call().sealed();
        comesBack = chosen.comesBack();
        return prepare(chosen, live, workspace, place);
    }

    @Override
    final DetachedWork<T> prepareAgain(LiveAgent live, Workspace workspace, Place place)
            throws IOException, InterruptedException {
        Chosen chosen = builders(live, place).again(BuildCall.unsealed(settled), build());
        return prepareAgain(chosen, live, workspace, place);
    }

    private BuilderChoice builders(LiveAgent live, Place place) throws IOException, InterruptedException {
        Optional<BlockBuilder> block = Optional.ofNullable(getContext().get(BlockBuilder.class));
        return new BuilderChoice(live.now(), place, block, check());
    }

    @Override
    final Runnable next(T last, Redactor redactor, Place place) throws IOException, InterruptedException {
        T result = last.after(earlier);
        Duration took = Duration.between(began(), Instant.now());
        Optional<Retrying.Again> again = Retrying.after(result, took).or(() -> withAnotherBuilder(result));
        if (again.isEmpty()) {
            return ending(result, redactor, place.log().getLogger());
        }
        String sentence =
                again.get().sentence(earlier.size() + 1, result.failure().orElseThrow(), took);
        tell(redactor.redact(sentence));
        return () -> {
            ArrayList<String> runs = new ArrayList<>(earlier);
            runs.add(sentence);
            earlier = runs;
            without = without.and(again.get().without());
            runAgain(again.get().pause());
        };
    }

    private Optional<Retrying.Again> withAnotherBuilder(T result) {
        Optional<Retrying.Again> again =
                comesBack && !foundNoBuilder ? Retrying.withAnotherBuilder(result) : Optional.empty();
        foundNoBuilder |= again.isPresent();
        return again;
    }

    /** What the run that is prepared leaves out. */
    final Retrying.Without without() {
        return without;
    }

    /** The cache service of this run, which is ended when the step ends. */
    final void use(OpenedCache opened) {
        cache = KeptCache.of(opened).sealed();
    }

    /** The cache service that a client was started with. */
    final KeptCache kept() {
        return KeptCache.unsealed(cache);
    }

    @Override
    void leave() {
        endCache();
    }

    private void endCache() {
        KeptCache known = kept();
        cache = "";
        known.service().ifPresent(service -> JenkinsCache.end(service.pass()));
    }
}
