package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/**
 * A step whose work takes seconds and is done in the background. After a restart of the controller the work is simply
 * done again: what it makes has a name or is a state of the machine, and is taken as it is when it is there already.
 */
abstract class BackgroundExecution extends AgentExecution {
    private static final long serialVersionUID = 1L;

    private transient @Nullable Thread worker;
    private transient @Nullable Throwable stopped;

    BackgroundExecution(StepContext context, String buildx) {
        super(context, buildx);
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
            work.run(firstPlace());
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
