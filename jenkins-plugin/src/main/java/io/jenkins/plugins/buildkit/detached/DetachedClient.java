package io.jenkins.plugins.buildkit.detached;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.buildkitci.process.Command;
import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.durabletask.BourneShellScript;
import org.jenkinsci.plugins.durabletask.Controller;
import org.jenkinsci.plugins.durabletask.DurableTask;
import org.jenkinsci.plugins.durabletask.WindowsBatchScript;

/** A client that was started on an agent and runs on by itself; can be kept over restarts. */
public final class DetachedClient implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How long a client that was asked to end may take: it cancels the build at its builder. */
    private static final long GRACE_SECONDS = 5;

    private static final long SETTLING_MILLIS = 20;

    private final String directory;
    private final boolean unix;
    private final Controller controller;

    private DetachedClient(String directory, boolean unix, Controller controller) {
        this.directory = directory;
        this.unix = unix;
        this.controller = controller;
    }

    /** Where processes of a step run. */
    public record Place(FilePath directory, Launcher launcher, EnvVars environment, TaskListener log) {}

    /**
     * Starts it in the step's directory, or in the command's, which is seen from there.
     *
     * @param workspace its files are kept in
     * @throws IOException if it cannot be started; the message is for people
     */
    public static DetachedClient start(Place place, Command command, Workspace workspace)
            throws IOException, InterruptedException {
        EnvVars environment = new EnvVars(place.environment());
        String directory = workspace.path().toString();
        boolean unix = place.launcher().isUnix();
        DurableTask task;
        if (unix) {
            if (!command.environment().isEmpty()) {
                workspace.write(ClientFiles.ENVIRONMENT, ShellScript.environment(command.environment()));
            }
            task = new BourneShellScript(ShellScript.render(command, directory));
        } else {
            environment.putAll(command.environment());
            BatchScript.Client client = BatchScript.client(command.argv(), environment::containsKey);
            String obstacle = BatchScript.obstacle(client.argv()).orElse("");
            if (!obstacle.isEmpty()) {
                throw new AbortException(obstacle);
            }
            environment.putAll(client.environment());
            task = new WindowsBatchScript(BatchScript.render(command.directory(), client.argv(), directory));
        }
        Controller controller = task.launch(environment, place.directory(), place.launcher(), place.log());
        return new DetachedClient(directory, unix, controller);
    }

    /** The private directory of the build, as a path on the agent. */
    public String directory() {
        return directory;
    }

    /** The same, to be asked for. */
    public FilePath directory(FilePath workspace) {
        return new FilePath(workspace.getChannel(), directory);
    }

    /** Whether its process is known to have ended or vanished; slow, and minutes late for one that vanished. */
    public boolean isOver(Place place) throws IOException, InterruptedException {
        return controller.exitStatus(place.directory(), place.launcher(), place.log()) != null;
    }

    /** Ends the client, which cancels the build at its builder, and whatever it left running. */
    public void end(Place place) throws IOException, InterruptedException {
        if (unix) {
            String process = directory + "/" + ClientFiles.PROCESS;
            int asked = place.launcher()
                    .launch()
                    .cmds("sh", "-c", "kill -TERM \"$$(cat \"$$0\")\"", process.replace("$", "$$"))
                    .quiet(true)
                    .join();
            if (asked == 0) {
                directory(place.directory()).act(new Awaiting(TimeUnit.SECONDS.toMillis(GRACE_SECONDS)));
            }
        }
        controller.stop(place.directory(), place.launcher());
    }

    /**
     * Removes what starting it left beside the workspace; the private directory is its owner's to remove. The last that
     * durable-task's own script does is to write the exit status there: what is removed before that comes back.
     */
    public void cleanUp(Place place) throws IOException, InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        while (!isOver(place) && System.nanoTime() < until) {
            TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
        }
        controller.cleanup(place.directory());
    }
}
