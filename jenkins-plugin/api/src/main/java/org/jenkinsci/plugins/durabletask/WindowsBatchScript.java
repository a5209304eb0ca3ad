package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import java.io.IOException;

/** Runs a batch script in the background of a Windows node; here there is none. */
public final class WindowsBatchScript extends FileMonitoringTask {
    private final String script;

    public WindowsBatchScript(String script) {
        this.script = script;
    }

    public String getScript() {
        return script;
    }

    @Override
    Controller launchScript(EnvVars env, FilePath workspace, Launcher launcher) throws IOException {
        throw new IOException("Batch scripts can only be run on Windows nodes");
    }
}
