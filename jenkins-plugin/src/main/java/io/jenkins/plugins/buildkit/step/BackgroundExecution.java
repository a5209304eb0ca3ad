package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A step whose work takes seconds and is done in the background. After a restart of the controller the work is simply
 * done again: what it makes has a name or is a state of the machine, and is taken as it is when it is there already.
 */
abstract class BackgroundExecution extends AgentExecution {
    private static final long serialVersionUID = 1L;

    private final Stopping stopping = new Stopping();

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
            stopping.begin();
            work.run(firstPlace());
        } catch (IOException e) {
            gaveUp(e);
        } catch (InterruptedException e) {
            failed(stopping.cause().orElse(e));
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            stopping.end();
        }
    }

    /** The work failed, or its agent could not be reached. */
    void gaveUp(IOException cause) {
        failed(cause instanceof AbortException ? cause : Faults.explained(cause));
    }

    /** Interrupts the work, which takes back what it has begun and then ends the step. */
    @Override
    public void stop(Throwable cause) {
        stopping.stop(cause);
    }
}
