package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.buildkitci.input.BakeInputs;
import io.buildkitci.input.InputTable;
import io.jenkins.plugins.buildkit.credentials.CredentialsAsked;
import io.jenkins.plugins.buildkit.credentials.CredentialsChoice;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code buildkitBake}: builds the targets of a bake file, or the services of a compose file, in one go. */
public final class BuildkitBakeStep extends BakeParameters {
    private static final long serialVersionUID = 1L;

    /** Inputs for a person's screen and for GitHub. */
    private static final Set<String> ELSEWHERE = Set.of("print", "summary", "github-token");

    static final StepParameters PARAMETERS = new StepParameters(
            "buildkitBake",
            new InputTable(
                    BakeInputs.ALL.step(),
                    BakeInputs.ALL.specs().stream()
                            .filter(spec -> !ELSEWHERE.contains(spec.name()))
                            .toList()),
            Set.of("registryCredentialsId", "registryUrl", "buildx"));

    private String registryCredentialsId = "";
    private String registryUrl = "";
    private String buildx = "";

    @DataBoundConstructor
    public BuildkitBakeStep() {}

    public String getRegistryCredentialsId() {
        return registryCredentialsId;
    }

    @DataBoundSetter
    public void setRegistryCredentialsId(@Nullable String value) {
        registryCredentialsId = value == null ? "" : value.strip();
    }

    public String getRegistryUrl() {
        return registryUrl;
    }

    @DataBoundSetter
    public void setRegistryUrl(@Nullable String value) {
        registryUrl = value == null ? "" : value.strip();
    }

    public String getBuildx() {
        return buildx;
    }

    /** @param value a buildx of Jenkins' tools */
    @DataBoundSetter
    public void setBuildx(@Nullable String value) {
        buildx = value == null ? "" : value.strip();
    }

    @Override
    public StepExecution start(StepContext context) {
        CredentialsAsked asked = new CredentialsAsked(registryCredentialsId, registryUrl, List.of(), List.of());
        return new BakeExecution(context, texts(), asked, buildx);
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
            return "Build the images of a bake or compose file with BuildKit";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
        }

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return BakeParameters.apart(BadArguments.checked(PARAMETERS, arguments));
        }

        @POST
        public ListBoxModel doFillRegistryCredentialsIdItems(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String registryCredentialsId) {
            return CredentialsChoice.REGISTRY.offered(item, registryCredentialsId);
        }
    }
}
