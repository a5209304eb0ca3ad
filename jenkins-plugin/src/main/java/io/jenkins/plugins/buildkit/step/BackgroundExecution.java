package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;

/**
 * A step whose work takes seconds and is done in the background. After a restart of the controller the work is simply
 * done again: what it makes has a name or is a state of the machine, and is taken as it is when it is there already.
 */
abstract class BackgroundExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final String buildx;
    /** Of {@link #buildx}, on the agent. */
    private volatile String program = "";

    private transient @Nullable Thread worker;
    private transient @Nullable Throwable stopped;
    private transient boolean over;

    /** @param buildx a tool's name; empty for the buildx of the agent */
    BackgroundExecution(StepContext context, String buildx) {
        super(context);
        this.buildx = buildx;
    }

    /** Work that talks to the agent; an {@link AbortException} is its failure, without a stack trace. */
    interface Work {
        void run(Place place) throws IOException, InterruptedException;
    }

    final void inBackground(Work work) {
        Background.run(() -> attempt(work));
    }

    private void attempt(Work work) {
        try {
            begin();
            work.run(place());
        } catch (IOException e) {
            gaveUp(e);
        } catch (InterruptedException e) {
            Throwable cause = cause();
            failed(cause == null ? e : cause);
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            end();
        }
    }

    /** The work failed, or its agent could not be reached. */
    void gaveUp(IOException cause) {
        failed(cause instanceof AbortException ? cause : Faults.explained(cause));
    }

    private synchronized void begin() throws InterruptedException {
        if (stopped != null) {
            throw new InterruptedException();
        }
        worker = Thread.currentThread();
    }

    private synchronized void end() {
        worker = null;
    }

    private synchronized @Nullable Throwable cause() {
        return stopped;
    }

    private Place place() throws IOException, InterruptedException {
        StepContext context = getContext();
        FilePath directory = context.get(FilePath.class);
        EnvVars environment = context.get(EnvVars.class);
        TaskListener log = context.get(TaskListener.class);
        if (program.isEmpty()) {
            program = BuildxTool.program(buildx, directory, environment, log);
        }
        return new Place(directory, context.get(Launcher.class), BuildxTool.taking(program, environment), log);
    }

    /** The buildx of the step's tool on the agent; empty for the agent's own. */
    final String program() {
        return program;
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

    private synchronized boolean claim() {
        boolean first = !over;
        over = true;
        return first;
    }

    /** Interrupts the work, which takes back what it has begun and then ends the step. */
    @Override
    public void stop(Throwable cause) {
        interrupt(cause);
    }

    private synchronized void interrupt(Throwable cause) {
        stopped = cause;
        if (worker != null) {
            worker.interrupt();
        }
    }
}
