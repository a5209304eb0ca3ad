package io.jenkins.plugins.buildkit.step;

import hudson.model.Run;
import io.buildkitci.model.BuilderRequest;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * One {@code withBuildkitBuilder} that runs: the builder is made, the block runs with it, the builder is removed. What
 * was under way at a restart is done again; a block that runs goes on by itself.
 */
final class WithBuilderExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;

    private final String call;
    /** Kept before it is made. */
    private volatile @Nullable BlockBuilder builder;

    private volatile @Nullable BodyExecution body;
    private volatile boolean blockOver;
    private @Nullable Object result;
    private @Nullable Throwable failure;

    WithBuilderExecution(StepContext context, BuilderCall call, String buildx) {
        super(context, buildx);
        this.call = call.sealed();
    }

    @Override
    public boolean start() {
        inBackground(this::create);
        return false;
    }

    @Override
    public void onResume() {
        if (blockOver) {
            inBackground(this::remove);
        } else if (body == null) {
            inBackground(this::create);
        }
    }

    private void create(Place place) throws IOException, InterruptedException {
        BuilderWork work = BuilderWork.of(WithBuilderStep.PARAMETERS.step(), place);
        BlockBuilder known = builder;
        BuilderRequest request = known == null ? work.check(BuilderCall.unsealed(call)) : known.request(work);
        if (known == null) {
            known = BlockBuilder.of(call, request, work);
            builder = known;
            Background.keep(getContext());
        }
        BlockBuilder made = known.make(request, work, getContext().get(Run.class));
        builder = made;
        Map<String, String> set = new TreeMap<>(work.keptBuilders());
        set.put("BUILDX_BUILDER", made.name());
        if (!program().isEmpty()) {
            set.put(Agent.PROGRAM, program()); // builds of the block talk to the builder with what made it
        }
        EnvironmentExpander variables = EnvironmentExpander.constant(set);
        body = getContext()
                .newBodyInvoker()
                .withContext(EnvironmentExpander.merge(getContext().get(EnvironmentExpander.class), variables))
                .withContext(made)
                .withCallback(new Block(this))
                .start();
        Background.keep(getContext());
    }

    private void blockEnded(@Nullable Object value, @Nullable Throwable cause) {
        result = value;
        failure = cause;
        blockOver = true;
        inBackground(this::remove);
    }

    private void remove(Place place) throws IOException, InterruptedException {
        BlockBuilder made = builder;
        if (made != null) {
            made.remove(place);
        }
        finish();
    }

    /** What became of the block counts, not that its builder could not be removed. */
    @Override
    void gaveUp(IOException cause) {
        if (blockOver) {
            Faults.LOGGER.log(Level.WARNING, "builder " + name() + " could not be removed", cause);
            finish();
        } else {
            super.gaveUp(cause);
        }
    }

    private void finish() {
        Throwable cause = failure;
        if (cause == null) {
            succeeded(result);
        } else {
            failed(cause);
        }
    }

    @Override
    public void stop(Throwable cause) {
        BodyExecution running = body;
        if (running == null) {
            super.stop(cause);
        } else if (!blockOver) {
            running.cancel(cause);
        }
    }

    @Override
    public String getStatus() {
        return (body == null ? "making" : blockOver ? "removing" : "with") + " builder " + name();
    }

    private String name() {
        BlockBuilder known = builder;
        return known == null ? "" : known.name();
    }

    /** Is told of the end of the block, which may be after a restart. */
    private static final class Block extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final WithBuilderExecution step;

        Block(WithBuilderExecution step) {
            this.step = step;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            step.blockEnded(result, null);
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            step.blockEnded(null, cause);
        }
    }
}
