package hudson.tools;

import hudson.model.Descriptor;

/** Describes a way to install tools. */
public abstract class ToolInstallerDescriptor<T extends ToolInstaller> extends Descriptor<ToolInstaller> {
    protected ToolInstallerDescriptor() {}

    public boolean isApplicable(Class<? extends ToolInstallation> toolType) {
        return true;
    }
}
