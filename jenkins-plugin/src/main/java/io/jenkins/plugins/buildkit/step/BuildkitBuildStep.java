package io.jenkins.plugins.buildkit.step;

import hudson.Extension;
import io.buildkitci.input.BuildInputs;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;

/** {@code buildkitBuild}: builds an image from a Dockerfile, for one platform or several; pushes it, keeps its caches. */
public final class BuildkitBuildStep extends SandboxParameters {
    private static final long serialVersionUID = 1L;

    /** What only other hosts read, and what says that there is no Docker: agents build with buildx. */
    private static final Set<String> ELSEWHERE = Set.of("summary", "github-token", "cache-token", "driver", "client");

    static final StepParameters PARAMETERS =
            StepParameters.of("buildkitBuild", BuildInputs.ALL, ELSEWHERE, ImageArguments.OWN);

    @DataBoundConstructor
    public BuildkitBuildStep() {}

    /** What the file of a job lacks, since a person or an older version wrote it, has its default. */
    Object readResolve() {
        BuildkitBuildStep whole = new BuildkitBuildStep();
        whole.take(this);
        return whole;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BuildExecution(context, call(), getBuildx());
    }

    /** Names the step and reads what scripts write. */
    @Extension
    public static final class DescriptorImpl extends ImageStepDescriptor {
        public DescriptorImpl() {
            super(PARAMETERS, BuildInputs::check);
        }

        @Override
        public String getDisplayName() {
            return "Build a container image with BuildKit";
        }

        /** Names only what people look for in a list of steps; never secrets. */
        @Override
        public @Nullable String argumentsToString(Map<String, Object> arguments) {
            String shown = List.of("tags", "target", "platforms", "context").stream()
                    .map(arguments::get)
                    .filter(value -> value != null)
                    .map(String::valueOf)
                    .collect(Collectors.joining(" "));
            return shown.isEmpty() ? null : shown;
        }
    }
}
