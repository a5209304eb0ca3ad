package org.jenkinsci.plugins.durabletask;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.UUID;

/** Runs a shell script in the background of a node that is no Windows. */
public final class BourneShellScript extends FileMonitoringTask {
    private final String script;

    public BourneShellScript(String script) {
        this.script = script;
    }

    public String getScript() {
        return script;
    }

    @Override
    Controller launchScript(EnvVars env, FilePath workspace, Launcher launcher)
            throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString().substring(0, 8);
        FilePath directory = WorkspaceList.tempDir(workspace).child("durable-" + id);
        directory.mkdirs();
        ShellController controller = new ShellController(directory.getRemote(), "durable-" + id);
        FilePath file = directory.child("script.sh");
        file.write(script, "UTF-8");
        String command = "cookie=" + controller.cookie + "; { while [ -d '" + directory.getRemote() + "' -a ! -f '"
                + directory.getRemote() + "/jenkins-result.txt' ]; do touch '" + directory.getRemote()
                + "/jenkins-log.txt'; sleep 3; done } & " + COOKIE + "=$cookie sh -xe '" + file.getRemote() + "' > '"
                + directory.getRemote() + "/jenkins-log.txt' 2>&1; echo $? > '" + directory.getRemote()
                + "/result.tmp'; mv '" + directory.getRemote() + "/result.tmp' '" + directory.getRemote()
                + "/jenkins-result.txt'; wait";
        launcher.launch()
                .cmds("nohup", "sh", "-c", ("(" + command + ") >&- 2>&- &").replace("$", "$$"))
                .envs(escape(env))
                .pwd(workspace)
                .quiet(true)
                .start();
        return controller;
    }

    /** Asks the files. */
    private static final class ShellController extends Controller {
        private static final long serialVersionUID = 1L;

        private final String directory;
        private final String cookie;

        private ShellController(String directory, String cookie) {
            this.directory = directory;
            this.cookie = cookie;
        }

        private FilePath directory(FilePath workspace) {
            return new FilePath(workspace.getChannel(), directory);
        }

        @Override
        public boolean writeLog(FilePath workspace, OutputStream sink) {
            throw new UnsupportedOperationException("the plugin reads files of its own");
        }

        @Override
        public Integer exitStatus(FilePath workspace, Launcher launcher, TaskListener logger)
                throws IOException, InterruptedException {
            FilePath result = directory(workspace).child("jenkins-result.txt");
            return result.exists() ? Integer.valueOf(result.readToString().strip()) : null;
        }

        @Override
        public void stop(FilePath workspace, Launcher launcher) throws IOException, InterruptedException {
            launcher.kill(Map.of(COOKIE, cookie));
        }

        @Override
        public void cleanup(FilePath workspace) throws IOException, InterruptedException {
            directory(workspace).deleteRecursive();
        }
    }
}
