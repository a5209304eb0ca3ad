package io.jenkins.plugins.buildkit.agent;

import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts processes in a container as Jenkins' docker pipeline steps do, who cannot reach them there either. */
final class InContainer extends Launcher.DecoratedLauncher {
    private final List<String> exec;
    private final String workspace;

    /** @param exec how the container is reached, without its name */
    InContainer(Launcher inner, List<String> exec, String container, String workspace) {
        super(inner);
        this.exec = new ArrayList<>(exec);
        this.container = container;
        this.workspace = workspace;
    }

    private final String container;

    @Override
    public Proc launch(ProcStarter starter) throws IOException {
        List<String> command = new ArrayList<>(exec);
        FilePath directory = starter.pwd();
        command.add("--workdir");
        command.add(directory == null ? workspace : directory.getRemote());
        for (String variable : starter.envs()) {
            if (!variable.startsWith("PATH=") && !variable.startsWith("HOME=")) {
                command.add("--env");
                command.add(variable);
            }
        }
        command.add(container);
        command.addAll(starter.cmds());
        boolean[] masks = new boolean[command.size()];
        return super.launch(starter.cmds(command).masks(masks));
    }

    @Override
    public void kill(Map<String, String> variables) throws IOException {
        throw new IOException("failed to run ps");
    }
}
