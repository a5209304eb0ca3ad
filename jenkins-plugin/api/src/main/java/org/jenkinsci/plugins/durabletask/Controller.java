package org.jenkinsci.plugins.durabletask;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/** What a {@link DurableTask} that runs is asked and stopped by; it can be serialised. */
public abstract class Controller implements Serializable {
    private static final long serialVersionUID = 1L;

    public abstract boolean writeLog(FilePath workspace, OutputStream sink) throws IOException, InterruptedException;

    /** @return {@code null} while it runs */
    public Integer exitStatus(FilePath workspace, Launcher launcher, TaskListener logger)
            throws IOException, InterruptedException {
        throw new AbstractMethodError("exitStatus");
    }

    public void stop(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
        throw new AbstractMethodError("stop");
    }

    public abstract void cleanup(FilePath workspace) throws IOException, InterruptedException;
}
