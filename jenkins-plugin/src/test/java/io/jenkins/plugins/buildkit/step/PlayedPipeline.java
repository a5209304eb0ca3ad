package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.console.ConsoleNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.StreamTaskListener;
import io.jenkins.plugins.buildkit.page.BuildkitAction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;

/** A pipeline with one step on one agent, over restarts of the controller and drops of the connection. */
final class PlayedPipeline {
    private static final EnvironmentExpander NO_VARIABLES = EnvironmentExpander.constant(Map.of());
    private static final long PATIENCE_SECONDS = 120;

    private final String name = UUID.randomUUID().toString();
    private final PlayedRun build;
    private final Path workspace;
    private final EnvVars environment;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final boolean remote;
    private volatile Connection connection;
    private @Nullable PlayedBody block;
    private PlayedStepContext context;
    private StepExecution execution;

    PlayedPipeline(Path directory, EnvVars environment, Step step) throws Exception {
        this(directory, environment, step, new Connection(), false);
    }

    /** @param remote whether processes are started over the connection */
    PlayedPipeline(Path directory, EnvVars environment, Step step, Connection connection, boolean remote)
            throws Exception {
        this.connection = connection;
        this.remote = remote;
        this.build = new PlayedRun(Files.createDirectories(directory.resolve("builds/1")));
        this.workspace = Files.createDirectories(directory.resolve("workspace/a job"));
        this.environment = new EnvVars(environment);
        this.context = context();
        this.execution = step.start(context);
    }

    static Path workspace(Path directory) {
        return directory.resolve("workspace/a job");
    }

    /** The step is in a block. */
    PlayedPipeline in(PlayedBody around) {
        block = around;
        environment.putAll(around.environment());
        return this;
    }

    private PlayedStepContext context() {
        TaskListener listener = new StreamTaskListener(new Life(), StandardCharsets.UTF_8);
        return new PlayedStepContext(name, key -> {
            if (key == FilePath.class) {
                connection.check();
                return new FilePath(connection, workspace.toString());
            }
            return key == Launcher.class
                    ? launcher(listener)
                    : key == EnvVars.class
                            ? new EnvVars(environment)
                            : key == TaskListener.class
                                    ? listener
                                    : key == Run.class
                                            ? build
                                            : key == EnvironmentExpander.class
                                                    ? NO_VARIABLES
                                                    : key == BlockBuilder.class ? around() : unknown(key);
        });
    }

    private Launcher launcher(TaskListener listener) {
        return remote ? new Launcher.RemoteLauncher(listener, connection, true) : new Launcher.LocalLauncher(listener);
    }

    private @Nullable Object around() {
        PlayedBody known = block;
        return known == null ? null : known.builder();
    }

    private static Object unknown(Class<?> key) throws IOException {
        throw new IOException("nobody asked for a " + key);
    }

    /** What one life of the controller writes to the log. */
    private final class Life extends OutputStream {
        private final int life = lives;

        @Override
        public void write(int b) {
            synchronized (log) {
                if (life == lives) {
                    log.write(b);
                }
            }
        }
    }

    private volatile int lives;

    PlayedPipeline start() throws Exception {
        execution.start();
        return this;
    }

    /** The controller is killed and started again: only what was serialised is left. */
    void restart() throws Exception {
        restart(serialised());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by the test's own thread only
    void restart(byte[] state) throws Exception {
        context.die();
        lives++;
        connection.drop();
        connection = new Connection();
        context = context();
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(state))) {
            execution = (StepExecution) in.readObject();
        }
        execution.onResume();
    }

    byte[] serialised() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(execution);
        }
        return bytes.toByteArray();
    }

    /** The agent's connection drops; it comes back with the next one. */
    void drop() {
        connection.drop();
    }

    void reconnect() {
        connection = new Connection();
    }

    Connection connection() {
        return connection;
    }

    /** What the page of the build shows of its image builds. */
    List<BuildkitAction> page() {
        return build.getActions(BuildkitAction.class);
    }

    StepExecution execution() {
        return execution;
    }

    void stop(Throwable cause) throws Exception {
        execution.stop(cause);
    }

    Object result() throws Throwable {
        try {
            return context.outcome.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause();
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "the step did not end; it says '" + execution.getStatus() + "', the log:\n" + log());
        }
    }

    Throwable failure() {
        try {
            Object result = result();
            throw new AssertionError("the step succeeded with " + result + ":\n" + log());
        } catch (AssertionError e) {
            throw e;
        } catch (Throwable e) {
            return e;
        }
    }

    /** The block of the step, when it runs. */
    PlayedBody awaitBody() throws InterruptedException {
        await("block", () -> PlayedBody.of(context) != null);
        return body();
    }

    /** As it is now: a restart makes another of it. */
    PlayedBody body() {
        return Objects.requireNonNull(PlayedBody.of(context));
    }

    String log() {
        synchronized (log) {
            return ConsoleNote.removeNotes(log.toString(StandardCharsets.UTF_8));
        }
    }

    /** Waits until the log has a text. */
    void awaitLog(String text) throws InterruptedException {
        await("'" + text + "' in the log", () -> log().contains(text));
    }

    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until || context.outcome.isDone()) {
                throw new AssertionError("no " + what + ":\n" + log() + context.outcome);
            }
            Thread.sleep(20);
        }
    }
}
