package hudson.tools;

import hudson.model.Descriptor;
import hudson.util.FormValidation;
import java.io.File;
import java.lang.reflect.Array;
import java.util.List;

/** Describes a kind of tool and keeps those that are configured. */
public abstract class ToolDescriptor<T extends ToolInstallation> extends Descriptor<ToolInstallation> {
    private T[] installations;

    @SuppressWarnings("unchecked")
    protected ToolDescriptor(Class<T> type) {
        super(type);
        this.installations = (T[]) Array.newInstance(type, 0);
    }

    public T[] getInstallations() {
        return installations.clone();
    }

    @SuppressWarnings("unchecked")
    public void setInstallations(T... installations) {
        this.installations = installations.clone();
    }

    public List<? extends ToolInstaller> getDefaultInstallers() {
        return List.of();
    }

    protected FormValidation checkHomeDirectory(File home) {
        return FormValidation.ok();
    }
}
