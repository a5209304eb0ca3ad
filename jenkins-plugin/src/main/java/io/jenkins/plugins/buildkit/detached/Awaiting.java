package io.jenkins.plugins.buildkit.detached;

import hudson.remoting.VirtualChannel;
import java.io.File;
import java.util.concurrent.TimeUnit;
import jenkins.agents.ControllerToAgentFileCallable;

/** Waits on the agent until a client that was asked to end has ended, or for so long. */
final class Awaiting implements ControllerToAgentFileCallable<Boolean> {
    private static final long serialVersionUID = 1L;
    private static final long BETWEEN_LOOKS_MILLIS = 20;

    private final long millis;

    Awaiting(long millis) {
        this.millis = millis;
    }

    @Override
    public Boolean invoke(File directory, VirtualChannel channel) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        File exit = new File(directory, ClientFiles.EXIT);
        while (!exit.exists() && directory.isDirectory() && System.nanoTime() < until) {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return exit.exists();
    }
}
