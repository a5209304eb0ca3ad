package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

/** Is told how the block of a step ended. */
public abstract class BodyExecutionCallback implements Serializable {
    private static final long serialVersionUID = 1L;

    public void onStart(StepContext context) {}

    public abstract void onSuccess(StepContext context, Object result);

    public abstract void onFailure(StepContext context, Throwable cause);
}
