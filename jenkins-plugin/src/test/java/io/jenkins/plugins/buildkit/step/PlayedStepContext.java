package io.jenkins.plugins.buildkit.step;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/** What is around a step, as a test plays it. Serialised, it is a name only, as a pipeline's is. */
final class PlayedStepContext extends StepContext {
    private static final long serialVersionUID = 1L;
    private static final Map<String, PlayedStepContext> ALL = new ConcurrentHashMap<>();

    /** What the step can ask for; throws where there is no agent. */
    interface Surroundings {
        @Nullable
        Object get(Class<?> key) throws IOException;
    }

    private final String name;
    private final transient Surroundings surroundings;
    final transient CompletableFuture<Object> outcome = new CompletableFuture<>();
    final transient AtomicInteger saved = new AtomicInteger();
    private transient volatile boolean gone;

    /** Takes the place of an earlier one of that name. */
    PlayedStepContext(String name, Surroundings surroundings) {
        this.name = name;
        this.surroundings = surroundings;
        ALL.put(name, this);
    }

    String name() {
        return name;
    }

    /** The controller that it belonged to is no more. */
    void die() {
        gone = true;
    }

    @Override
    public <T> @Nullable T get(Class<T> key) throws IOException {
        if (gone) {
            throw new IOException("this controller is gone");
        }
        return key.cast(surroundings.get(key));
    }

    @Override
    public void onSuccess(Object result) {
        if (!gone && !outcome.complete(result)) {
            throw new IllegalStateException("the step ended twice");
        }
    }

    @Override
    public void onFailure(Throwable cause) {
        if (!gone && !outcome.completeExceptionally(cause)) {
            throw new IllegalStateException("the step ended twice", cause);
        }
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public ListenableFuture<Void> saveState() {
        saved.incrementAndGet();
        return new Done();
    }

    @Override
    public void setResult(Result result) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        return new PlayedBody.Invoker(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PlayedStepContext context && context.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    private Object writeReplace() {
        return new Name(name);
    }

    private record Name(String name) implements Serializable {
        private Object readResolve() {
            return Objects.requireNonNull(ALL.get(name));
        }
    }

    private static final class Done extends CompletableFuture<Void> implements ListenableFuture<Void> {}
}
