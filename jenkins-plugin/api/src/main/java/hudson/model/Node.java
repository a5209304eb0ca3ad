package hudson.model;

import hudson.FilePath;
import hudson.Launcher;
import hudson.remoting.VirtualChannel;
import hudson.slaves.NodeProperty;

/** An agent as it is configured. */
public abstract class Node {
    /** Empty for the controller's own. */
    public abstract String getNodeName();

    public abstract Launcher createLauncher(TaskListener listener);

    /** {@code null} while there is no connection. */
    public abstract FilePath getRootPath();

    protected abstract Computer createComputer();

    public String getDisplayName() {
        return getNodeName();
    }

    public final Computer toComputer() {
        return createComputer();
    }

    public final VirtualChannel getChannel() {
        Computer computer = toComputer();
        return computer == null ? null : computer.getChannel();
    }

    /** {@code null} while there is no connection. */
    public FilePath createPath(String absolute) {
        VirtualChannel channel = getChannel();
        return channel == null ? null : new FilePath(channel, absolute);
    }

    /** {@code null} when its configuration has none of the kind. */
    public <T extends NodeProperty<?>> T getNodeProperty(Class<T> type) {
        return null;
    }
}
