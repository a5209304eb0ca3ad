package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.buildkitci.input.QemuInputs;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code buildkitSetupQemu}: makes the agent's machine run programs of other platforms. */
public final class SetupQemuStep extends InputParameters {
    private static final long serialVersionUID = 1L;

    /** Without the input that only CI caches need. */
    static final StepParameters PARAMETERS =
            StepParameters.of("buildkitSetupQemu", QemuInputs.ALL, Set.of("cache-image"), Set.of());

    @DataBoundConstructor
    public SetupQemuStep() {}

    public @Nullable String getPlatforms() {
        return text("platforms");
    }

    @DataBoundSetter
    public void setPlatforms(@Nullable String value) {
        put("platforms", value);
    }

    public boolean isReset() {
        return flag("reset");
    }

    @DataBoundSetter
    public void setReset(boolean value) {
        put("reset", value);
    }

    public boolean isInstall() {
        return flag("install");
    }

    @DataBoundSetter
    public void setInstall(boolean value) {
        put("install", value);
    }

    public @Nullable String getImage() {
        return text("image");
    }

    @DataBoundSetter
    public void setImage(@Nullable String value) {
        put("image", value);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new SetupQemuExecution(context, texts());
    }

    /** Names the step and reads what scripts write. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements CustomDescribableModel {
        @Override
        public String getFunctionName() {
            return PARAMETERS.step();
        }

        @Override
        public String getDisplayName() {
            return "Set up emulators for other platforms";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
        }

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return BadArguments.checked(PARAMETERS, arguments);
        }
    }
}
