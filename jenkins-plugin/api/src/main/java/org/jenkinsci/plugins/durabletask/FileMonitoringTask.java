package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** A task whose output and exit status are files beside the workspace. */
public abstract class FileMonitoringTask extends DurableTask {
    static final String COOKIE = "JENKINS_SERVER_COOKIE";

    @Override
    public final Controller launch(EnvVars env, FilePath workspace, Launcher launcher, TaskListener listener)
            throws IOException, InterruptedException {
        env.put(COOKIE, "please-do-not-kill-me");
        return launchScript(env, workspace, launcher);
    }

    abstract Controller launchScript(EnvVars env, FilePath workspace, Launcher launcher)
            throws IOException, InterruptedException;

    /** A launcher expands variables in what it is given. */
    static Map<String, String> escape(EnvVars env) {
        Map<String, String> escaped = new TreeMap<>();
        env.forEach((name, value) -> escaped.put(name, value.replace("$", "$$")));
        return escaped;
    }
}
