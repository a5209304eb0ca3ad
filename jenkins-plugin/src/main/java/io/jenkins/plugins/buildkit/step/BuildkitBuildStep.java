package io.jenkins.plugins.buildkit.step;

import hudson.Extension;
import io.jenkins.plugins.buildkit.credentials.CredentialsAsked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jspecify.annotations.Nullable;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code buildkitBuild}: builds an image from a Dockerfile, for one platform or several; pushes it, keeps its caches. */
public final class BuildkitBuildStep extends SandboxParameters {
    private static final long serialVersionUID = 1L;

    private List<BuildSecret> secrets = new ArrayList<>();
    private List<BuildSsh> ssh = new ArrayList<>();

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
                        getRegistryCredentialsId(),
                        getRegistryUrl(),
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
        return whole;
    }

    private static String joined(List<String> texts) {
        return texts.stream().filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
    }

    @Override
    public StepExecution start(StepContext context) {
        return new BuildExecution(context, call(), getBuildx());
    }

    /** Names the step and reads what scripts write. */
    @Extension
    public static final class DescriptorImpl extends ImageStepDescriptor {
        public DescriptorImpl() {
            super(BuildArguments.PARAMETERS);
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

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return BuildArguments.read(arguments);
        }
    }
}
