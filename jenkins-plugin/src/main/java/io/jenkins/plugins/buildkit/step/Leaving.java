package io.jenkins.plugins.buildkit.step;

import io.jenkins.plugins.buildkit.detached.DetachedClient;
import io.jenkins.plugins.buildkit.detached.DetachedClient.Place;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Removes the files of a client that ended, while its result is told: that costs several ways to the agent and back. All
 * of them are gone when this is closed.
 */
final class Leaving implements AutoCloseable {
    private final FutureTask<@Nullable Void> tidied;
    private final FutureTask<@Nullable Void> removed;
    private boolean removing;

    Leaving(DetachedClient client, LiveAgent agent, Place place) {
        this.tidied = new FutureTask<>(() -> {
            client.cleanUp(place);
            return null;
        });
        this.removed = new FutureTask<>(() -> {
            agent.now().workspace(client.directory()).close();
            return null;
        });
        Background.run(tidied);
    }

    /** Everything in the private directory has been read. */
    void nothingIsNeeded() {
        removing = true;
        Background.run(removed);
    }

    @Override
    public void close() throws IOException {
        if (!removing) {
            nothingIsNeeded();
        }
        try {
            await(tidied);
        } finally {
            await(removed);
        }
    }

    private static void await(FutureTask<@Nullable Void> work) throws IOException {
        try {
            work.get();
        } catch (InterruptedException e) { // it goes on by itself
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException().initCause(e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof IOException broken ? broken : new IOException(cause);
        }
    }
}
