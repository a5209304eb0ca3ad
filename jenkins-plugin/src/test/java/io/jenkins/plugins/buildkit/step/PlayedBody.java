package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jspecify.annotations.Nullable;

/** The block of a step: it runs until a test ends it. Serialised with its step, as a pipeline's is. */
final class PlayedBody extends BodyExecution {
    private static final long serialVersionUID = 1L;
    private static final Map<String, PlayedBody> RUNNING = new ConcurrentHashMap<>();

    private final PlayedStepContext context;
    private final EnvVars environment = new EnvVars();
    private final Serializable builder;
    private final BodyExecutionCallback callback;

    private PlayedBody(PlayedStepContext context, Serializable builder, BodyExecutionCallback callback) {
        this.context = context;
        this.builder = builder;
        this.callback = callback;
    }

    static @Nullable PlayedBody of(PlayedStepContext context) {
        return RUNNING.get(context.name());
    }

    /** The one that a restarted controller has read back is the one that runs. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is told by what it calls back, not waited for
    private Object readResolve() {
        RUNNING.put(context.name(), this);
        return this;
    }

    EnvVars environment() {
        return environment;
    }

    /** What steps of the block find around them. */
    Serializable builder() {
        return builder;
    }

    void succeed(Object result) {
        callback.onSuccess(context, result);
    }

    @Override
    public boolean cancel(Throwable cause) {
        callback.onFailure(context, cause);
        return true;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public boolean isDone() {
        return false;
    }

    @Override
    public Object get() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object get(long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    /** Gathers what the block is to have, and starts it. */
    static final class Invoker extends BodyInvoker {
        private final PlayedStepContext context;
        private @Nullable EnvironmentExpander variables;
        private @Nullable Serializable builder;
        private @Nullable BodyExecutionCallback callback;

        Invoker(PlayedStepContext context) {
            this.context = context;
        }

        @Override
        public BodyInvoker withContext(Object override) {
            if (override instanceof EnvironmentExpander expander) {
                variables = expander;
            } else {
                builder = (Serializable) override;
            }
            return this;
        }

        @Override
        public BodyInvoker withDisplayName(String name) {
            return this;
        }

        @Override
        public BodyInvoker withCallback(BodyExecutionCallback told) {
            callback = told;
            return this;
        }

        @Override
        public BodyExecution start() {
            PlayedBody body =
                    new PlayedBody(context, Objects.requireNonNull(builder), Objects.requireNonNull(callback));
            try {
                Objects.requireNonNull(variables).expand(body.environment);
            } catch (java.io.IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
            RUNNING.put(context.name(), body);
            return body;
        }
    }
}
