package io.jenkins.plugins.buildkit.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import io.jenkins.plugins.buildkit.agent.Agent;
import io.jenkins.plugins.buildkit.tool.BuildxInstallation;
import java.io.IOException;

/** The buildx that a step is told to take, by its name among Jenkins' tools. */
final class BuildxTool {
    private BuildxTool() {}

    /**
     * Where it is on the agent, on which it is installed if need be.
     *
     * @param tool empty for the buildx that is found there: then the answer is empty, too
     * @throws IOException with a message for people when it is not to be had
     */
    static String program(String tool, FilePath workspace, EnvVars environment, TaskListener log)
            throws IOException, InterruptedException {
        if (tool.isEmpty()) {
            return "";
        }
        Node node = computer(workspace).getNode();
        if (node == null) {
            throw new IOException("this agent is no longer configured");
        }
        return BuildxInstallation.program(tool, node, environment, log)
                .orElseThrow(() -> new AbortException("buildx: '" + tool + "': there is no buildx of this name\n"
                        + "  -> name one of Manage Jenkins » Tools » buildx installations, or drop the parameter"));
    }

    /** The variables of a step with which everything takes this program. */
    static EnvVars taking(String program, EnvVars environment) {
        EnvVars all = new EnvVars(environment);
        if (!program.isEmpty()) {
            all.put(Agent.PROGRAM, program);
        }
        return all;
    }

    /** The agent of a workspace, as it is connected now. */
    static Computer computer(FilePath workspace) throws IOException {
        Computer computer = workspace.toComputer();
        if (computer == null) {
            throw new IOException("the connection to the agent of " + workspace.getRemote() + " is gone");
        }
        return computer;
    }
}
