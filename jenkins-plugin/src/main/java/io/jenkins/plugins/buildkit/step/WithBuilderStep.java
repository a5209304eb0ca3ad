package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code withBuildkitBuilder}: a builder of its own for a block, removed at its end whatever becomes of it. */
public final class WithBuilderStep extends BuilderParameters {
    private static final long serialVersionUID = 1L;

    static final StepParameters PARAMETERS = parameters("withBuildkitBuilder", Set.of("use", "bootstrap"));

    @DataBoundConstructor
    public WithBuilderStep() {}

    public boolean isKeepState() {
        return flag("keep-state");
    }

    @DataBoundSetter
    public void setKeepState(boolean value) {
        put("keep-state", value);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new WithBuilderExecution(context, call(), getBuildx());
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
            return "With a BuildKit builder of its own";
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
        }

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return read(PARAMETERS, arguments);
        }
    }
}
