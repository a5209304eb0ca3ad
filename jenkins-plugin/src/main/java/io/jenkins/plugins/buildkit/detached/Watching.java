package io.jenkins.plugins.buildkit.detached;

import hudson.remoting.VirtualChannel;
import java.io.File;
import jenkins.agents.ControllerToAgentFileCallable;
import jenkins.util.Timer;

/** Begins to watch the files of a client on the agent; returns at once. */
final class Watching implements ControllerToAgentFileCallable<Void> {
    private static final long serialVersionUID = 1L;

    private final Told told;
    private final long watch;
    private final long outputOffset;
    private final long traceOffset;
    private final String[] left;

    /** @param left names of files that the client leaves and that are told with its end */
    Watching(Told told, long watch, long outputOffset, long traceOffset, String... left) {
        this.told = told;
        this.watch = watch;
        this.outputOffset = outputOffset;
        this.traceOffset = traceOffset;
        this.left = left;
    }

    @Override
    public Void invoke(File directory, VirtualChannel channel) {
        Timer.get().execute(new Watch(directory.toPath(), told, watch, outputOffset, traceOffset, left));
        return null;
    }
}
