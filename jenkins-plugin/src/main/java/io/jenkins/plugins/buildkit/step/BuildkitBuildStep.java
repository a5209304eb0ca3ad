package io.jenkins.plugins.buildkit.step;

import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.buildkit.credentials.CredentialsAsked;
import io.jenkins.plugins.buildkit.credentials.CredentialsChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code buildkitBuild}: builds an image from a Dockerfile, for one platform or several; pushes it, keeps its caches. */
public final class BuildkitBuildStep extends SandboxParameters {
    private static final long serialVersionUID = 1L;

    private List<BuildSecret> secrets = new ArrayList<>();
    private List<BuildSsh> ssh = new ArrayList<>();
    private String registryCredentialsId = "";
    private String registryUrl = "";
    private String buildx = "";

    @DataBoundConstructor
    public BuildkitBuildStep() {}

    public List<BuildSecret> getSecrets() {
        return List.copyOf(secrets);
    }

    @DataBoundSetter
    public void setSecrets(@Nullable List<BuildSecret> value) {
        secrets = value == null ? new ArrayList<>() : new ArrayList<>(value);
    }

    public List<BuildSsh> getSsh() {
        return List.copyOf(ssh);
    }

    @DataBoundSetter
    public void setSsh(@Nullable List<BuildSsh> value) {
        ssh = value == null ? new ArrayList<>() : new ArrayList<>(value);
    }

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

    /** All that was asked for, for an execution. */
    BuildCall call() {
        Map<String, String> texts = new TreeMap<>(texts());
        String secretTexts = joined(secrets.stream().map(BuildSecret::text).toList());
        String sshTexts = joined(ssh.stream().map(BuildSsh::text).toList());
        if (!secretTexts.isEmpty()) {
            texts.put("secrets", secretTexts);
        }
        if (!sshTexts.isEmpty()) {
            texts.put("ssh", sshTexts);
        }
        return new BuildCall(
                texts,
                new CredentialsAsked(
                        registryCredentialsId,
                        registryUrl,
                        secrets.stream()
                                .filter(s -> s.text().isEmpty())
                                .map(s -> new CredentialsAsked.Named(s.getId(), s.getCredentialsId()))
                                .toList(),
                        ssh.stream()
                                .filter(s -> s.text().isEmpty())
                                .map(s -> new CredentialsAsked.Named(s.getId(), s.getCredentialsId()))
                                .toList()));
    }

    /** What the file of a job lacks, since a person or an older version wrote it, has its default. */
    Object readResolve() {
        BuildkitBuildStep whole = new BuildkitBuildStep();
        whole.take(this);
        whole.setSecrets(secrets);
        whole.setSsh(ssh);
        whole.setRegistryCredentialsId(registryCredentialsId);
        whole.setRegistryUrl(registryUrl);
        whole.setBuildx(buildx);
        return whole;
    }

    private static String joined(List<String> texts) {
        return texts.stream().filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BuildExecution(context, call(), buildx);
    }

    /** Names the step and reads what scripts write. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements CustomDescribableModel {
        @Override
        public String getFunctionName() {
            return BuildArguments.PARAMETERS.step();
        }

        @Override
        public String getDisplayName() {
            return "Build a container image with BuildKit";
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, FilePath.class, Launcher.class, EnvVars.class, TaskListener.class);
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

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return BuildArguments.read(arguments);
        }

        @Override
        public UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable describable) {
            return describable.withArguments(BuildArguments.shown(describable.getArguments()));
        }

        @POST
        public ListBoxModel doFillRegistryCredentialsIdItems(
                @AncestorInPath @Nullable Item item, @QueryParameter @Nullable String registryCredentialsId) {
            return CredentialsChoice.REGISTRY.offered(item, registryCredentialsId);
        }
    }
}
