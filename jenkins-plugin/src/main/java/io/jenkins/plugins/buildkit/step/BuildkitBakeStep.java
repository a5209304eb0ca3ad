package io.jenkins.plugins.buildkit.step;

import hudson.Extension;
import io.buildkitci.input.BakeInputs;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code buildkitBake}: builds the targets of a bake file, or the services of a compose file, in one go. */
public final class BuildkitBakeStep extends ImageParameters {
    private static final long serialVersionUID = 1L;

    /** Inputs for a person's screen and for GitHub. */
    private static final Set<String> ELSEWHERE = Set.of("print", "summary", "github-token", "cache-token");

    static final StepParameters PARAMETERS =
            StepParameters.of("buildkitBake", BakeInputs.ALL, ELSEWHERE, ImageArguments.OWN);

    @DataBoundConstructor
    public BuildkitBakeStep() {}

    public @Nullable String getTargets() {
        return text("targets");
    }

    @DataBoundSetter
    public void setTargets(@Nullable String value) {
        put("targets", value);
    }

    public @Nullable String getFiles() {
        return text("files");
    }

    @DataBoundSetter
    public void setFiles(@Nullable String value) {
        put("files", value);
    }

    public @Nullable String getSource() {
        return text("source");
    }

    @DataBoundSetter
    public void setSource(@Nullable String value) {
        put("source", value);
    }

    public @Nullable String getVars() {
        return text("vars");
    }

    @DataBoundSetter
    public void setVars(@Nullable String value) {
        put("vars", value);
    }

    public @Nullable String getSet() {
        return text("set");
    }

    @DataBoundSetter
    public void setSet(@Nullable String value) {
        put("set", value);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BakeExecution(context, call(), getBuildx());
    }

    /** Names the step and reads what scripts write. */
    @Extension
    public static final class DescriptorImpl extends ImageStepDescriptor {
        public DescriptorImpl() {
            super(PARAMETERS, BakeInputs::check);
        }

        @Override
        public String getDisplayName() {
            return "Build the images of a bake or compose file with BuildKit";
        }
    }
}
