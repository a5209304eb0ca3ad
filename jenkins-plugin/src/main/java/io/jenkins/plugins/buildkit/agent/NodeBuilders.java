package io.jenkins.plugins.buildkit.agent;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.buildkitci.words.HostWords;
import java.io.IOException;

/** Builders of an agent outside of any build, in the environment that its configuration gives it. */
public final class NodeBuilders {
    private NodeBuilders() {}

    /**
     * Connects to what is there.
     *
     * @throws IOException when the agent is offline
     */
    public static AgentBuilders.Finding of(Node node, TaskListener log) throws IOException, InterruptedException {
        Computer computer = node.toComputer();
        FilePath root = node.getRootPath();
        if (computer == null || root == null) {
            throw new IOException(node.getDisplayName() + " is offline");
        }
        EnvVars environment = new EnvVars(computer.getEnvironment());
        EnvironmentVariablesNodeProperty variables = node.getNodeProperty(EnvironmentVariablesNodeProperty.class);
        if (variables != null) {
            environment.overrideExpandingAll(variables.getEnvVars());
        }
        FilePath folder = root.child("buildkit-ci"); // private files go beside it, within the agent's own folder
        folder.mkdirs();
        Agent agent = Agent.of(folder, node.createLauncher(log), environment);
        return AgentBuilders.find(
                node.getNodeName(),
                agent.tools(),
                agent.clients(),
                agent.buildxProgram(),
                agent.outside(),
                HostWords.PLAIN);
    }
}
