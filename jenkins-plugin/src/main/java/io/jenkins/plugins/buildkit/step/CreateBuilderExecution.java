package io.jenkins.plugins.buildkit.step;

import io.buildkitci.builder.Builders;
import io.buildkitci.model.BuilderRequest;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One {@code buildkitCreateBuilder} that runs. A builder that was made before a restart is found and taken. */
final class CreateBuilderExecution extends BackgroundExecution {
    private static final long serialVersionUID = 1L;
    private static final String STEP = "buildkitCreateBuilder";

    private final String call;

    /** Noted before the builder is made, so that it is looked for under the same name after a restart. */
    private volatile String name = "";

    CreateBuilderExecution(StepContext context, BuilderCall call, String buildx) {
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
        inBackground(this::create);
    }

    private void create(Place place) throws IOException, InterruptedException {
        BuilderWork work = BuilderWork.of(STEP, place);
        BuilderCall asked = BuilderCall.unsealed(call);
        BuilderRequest request = work.check(name.isEmpty() ? asked : asked.named(name));
        name = Builders.nameFor(request.builder());
        Background.keep(getContext());
        succeeded(BuilderResult.of(work.made(work.create(request, name))));
    }

    @Override
    public String getStatus() {
        return "making builder " + name;
    }
}
