package hudson.model;

import hudson.EnvVars;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An agent as it is connected now. */
public abstract class Computer {
    /** Threads for work that talks to agents. */
    public static final ExecutorService threadPoolForRemoting = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "Computer.threadPoolForRemoting");
        thread.setDaemon(true);
        return thread;
    });

    private final Node node;

    protected Computer(Node node) {
        this.node = node;
    }

    /** {@code null} while there is no connection. */
    public abstract VirtualChannel getChannel();

    /** {@code null} when it is not known. */
    public abstract Boolean isUnix();

    /** {@code null} once it is removed. */
    public Node getNode() {
        return node;
    }

    public String getName() {
        return node.getNodeName();
    }

    public String getDisplayName() {
        return node.getDisplayName();
    }

    public boolean isOffline() {
        return getChannel() == null;
    }

    public final boolean isOnline() {
        return !isOffline();
    }

    public EnvVars getEnvironment() throws IOException, InterruptedException {
        return EnvVars.getRemote(getChannel());
    }
}
