package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.buildkit.credentials.CredentialsChoice;
import io.jenkins.plugins.buildkit.parameters.StepParameters;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Describes a step that builds images: what it needs around it, and how scripts write it. */
public abstract class ImageStepDescriptor extends StepDescriptor implements CustomDescribableModel {
    private final StepParameters parameters;
    private final ImageArguments.Check check;

    /** @param check of the engine */
    ImageStepDescriptor(StepParameters parameters, ImageArguments.Check check) {
        this.parameters = parameters;
        this.check = check;
    }

    @Override
    public final String getFunctionName() {
        return parameters.step();
    }

    @Override
    public final Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
    }

    @Override
    public final UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable describable) {
        return describable.withArguments(AttestationArguments.together(describable.getArguments()));
    }

    @Override
    public final Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        return ImageArguments.read(parameters, arguments, check);
    }

    @POST
    public final ListBoxModel doFillRegistryCredentialsIdItems(
            @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String registryCredentialsId) {
        return CredentialsChoice.REGISTRY.offered(item, registryCredentialsId);
    }
}
