package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
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

/** {@code buildkitCreateBuilder}: makes and boots a builder on the agent, or takes the one that is there; it stays. */
public final class CreateBuilderStep extends BuilderParameters {
    private static final long serialVersionUID = 1L;

    static final StepParameters PARAMETERS = parameters("buildkitCreateBuilder", Set.of("keep-state"));

    @DataBoundConstructor
    public CreateBuilderStep() {}

    public boolean isUse() {
        return flag("use");
    }

    @DataBoundSetter
    public void setUse(boolean value) {
        put("use", value);
    }

    public boolean isBootstrap() {
        return flagUnlessOff("bootstrap");
    }

    @DataBoundSetter
    public void setBootstrap(boolean value) {
        putUnlessOn("bootstrap", value);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new CreateBuilderExecution(context, call(), getBuildx());
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
            return "Create a BuildKit builder";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
        }

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return read(PARAMETERS, arguments);
        }
    }
}
