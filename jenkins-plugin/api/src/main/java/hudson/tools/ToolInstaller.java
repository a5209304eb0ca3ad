package hudson.tools;

import hudson.ExtensionPoint;
import hudson.FilePath;
import hudson.model.Describable;
import hudson.model.Node;
import hudson.model.TaskListener;
import java.io.IOException;

/** A way to get a tool onto an agent. */
public abstract class ToolInstaller implements Describable<ToolInstaller>, ExtensionPoint {
    private final String label;

    protected ToolInstaller(String label) {
        this.label = label;
    }

    public final String getLabel() {
        return label;
    }

    public abstract FilePath performInstallation(ToolInstallation tool, Node node, TaskListener log)
            throws IOException, InterruptedException;

    protected final FilePath preferredLocation(ToolInstallation tool, Node node) {
        return node.getRootPath()
                .child("tools")
                .child(tool.getClass().getName())
                .child(tool.getName());
    }
}
