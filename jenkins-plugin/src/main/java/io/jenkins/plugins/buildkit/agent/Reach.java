package io.jenkins.plugins.buildkit.agent;

import hudson.FilePath;
import hudson.remoting.Future;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Small pieces of work on files of the agent, one round trip each. Paths are the agent's; relative ones begin at the
 * workspace.
 *
 * <p>An interrupt does not break such work off, for nobody would know whether it was done: it takes milliseconds, and the
 * interrupt is kept for whoever waits next.
 */
final class Reach {
    private static final long AT_A_TIME_SECONDS = 60;

    private final FilePath workspace;

    Reach(FilePath workspace) {
        this.workspace = workspace;
    }

    /**
     * @throws IOException what the work threw
     * @throws AgentGone when the connection broke
     */
    <T> T ask(String path, FilePath.FileCallable<T> work) throws IOException {
        FilePath file = path.isEmpty() ? workspace : new FilePath(workspace, path);
        boolean interrupted = Thread.interrupted();
        try {
            Future<T> answer = file.actAsync(work);
            while (true) {
                try {
                    return answer.get(AT_A_TIME_SECONDS, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    // a slow disk: the connection has its own watch
                }
            }
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            interrupted = true;
            throw new AgentGone(new IOException(e));
        } catch (IOException e) {
            throw failure(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** For work that only looks, and has a value for everything that it can see. */
    <T> T look(String path, FilePath.FileCallable<T> work) {
        try {
            return ask(path, work);
        } catch (IOException e) {
            throw new AgentGone(e);
        }
    }

    private static IOException failure(Throwable thrown) {
        if (thrown instanceof IOException e) {
            if (AgentGone.isMeantBy(e)) {
                throw new AgentGone(e);
            }
            return e;
        }
        throw new IllegalStateException(thrown);
    }
}
