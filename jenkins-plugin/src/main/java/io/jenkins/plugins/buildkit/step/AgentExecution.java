package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;

/** A step that works on an agent, in the background, with the buildx that is asked for; it ends once. */
abstract class AgentExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final String buildx;
    /** Of {@link #buildx}, on the agent. */
    private volatile String program = "";

    private transient volatile boolean over;

    /** @param buildx a tool's name; empty for the buildx of the agent */
    AgentExecution(StepContext context, String buildx) {
        super(context);
        this.buildx = buildx;
    }

    /** What the step works with, asked for anew each time: connections come and go. */
    final Place place() throws IOException, InterruptedException {
        StepContext context = getContext();
        FilePath directory = context.get(FilePath.class);
        EnvVars environment = context.get(EnvVars.class);
        TaskListener log = context.get(TaskListener.class);
        if (program.isEmpty()) {
            program = BuildxTool.program(buildx, directory, environment, log);
        }
        return new Place(directory, context.get(Launcher.class), BuildxTool.taking(program, environment), log);
    }

    /** The same for the step's first work: a node without a checkout has no directory yet, and processes want one. */
    final Place firstPlace() throws IOException, InterruptedException {
        Place place = place();
        place.directory().mkdirs();
        return place;
    }

    /** The buildx of the step's tool on the agent; empty for the agent's own. */
    final String program() {
        return program;
    }

    final void tell(String text) {
        try {
            getContext().get(TaskListener.class).getLogger().println(text);
        } catch (IOException | InterruptedException e) {
            Faults.LOGGER.warning(text);
        }
    }

    final void succeeded(@Nullable Object result) {
        if (claim()) {
            getContext().onSuccess(result);
        }
    }

    final void failed(Throwable cause) {
        if (claim()) {
            getContext().onFailure(cause);
        }
    }

    /** Whether it is ours to tell the pipeline the end: the first who asks. */
    private boolean claim() {
        boolean first;
        synchronized (this) {
            first = !over;
            over = true;
        }
        if (first) {
            Background.run(this::leave);
        }
        return first;
    }

    final boolean isOver() {
        return over;
    }

    /** The step is over, however it ended; in the background. */
    void leave() {}
}
