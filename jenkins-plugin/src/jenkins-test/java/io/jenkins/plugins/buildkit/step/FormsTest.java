package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.buildkitci.input.InputSpec;
import io.jenkins.plugins.buildkit.jenkins.Pages;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** The forms of a real Jenkins: what is shown and submitted unchanged is what was there. */
@WithJenkins
class FormsTest {
    /** A build step whose form is the form of a pipeline's step, as the Snippet Generator shows it. */
    public static final class StepHolder extends Builder {
        private final Step step;

        @DataBoundConstructor
        public StepHolder(Step step) {
            this.step = step;
        }

        public Step getStep() {
            return step;
        }

        /** Offers the steps of this plugin. */
        @TestExtension
        public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {
            @Override
            @SuppressWarnings("rawtypes")
            public boolean isApplicable(Class<? extends AbstractProject> jobType) {
                return true;
            }

            public List<StepDescriptor> getSteps() {
                return StepDescriptor.all().stream()
                        .filter(descriptor -> descriptor.clazz.getPackage().equals(FormsTest.class.getPackage()))
                        .toList();
            }
        }
    }

    private static <S extends Step> S submitted(JenkinsRule jenkins, S step, Class<S> type) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new StepHolder(step));
        save(jenkins, project);
        return type.cast(project.getBuildersList().get(StepHolder.class).getStep());
    }

    private static void save(JenkinsRule jenkins, FreeStyleProject project) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            jenkins.submit(
                    Pages.filled(client, client.getPage(project, "configure")).getFormByName("config"));
        }
    }

    /** Something for every input that the form has a text or a box for. */
    private static void fill(SandboxParameters step) {
        BuildkitBuildStep.PARAMETERS.table().specs().forEach(spec -> {
            if (!List.of("secrets", "ssh").contains(spec.name())) {
                boolean flag = spec.kind() == InputSpec.Kind.BOOLEAN;
                step.put(spec.name(), flag ? "true" : "\"some\" <" + spec.name() + "> & ünïcödé");
            }
        });
    }

    @Test
    void anUntouchedBuildStaysEmpty(JenkinsRule jenkins) throws Exception {
        BuildkitBuildStep step = submitted(jenkins, new BuildkitBuildStep(), BuildkitBuildStep.class);

        assertThat(step.texts()).isEmpty();
        assertThat(step.getSecrets()).isEmpty();
        assertThat(step.getSsh()).isEmpty();
    }

    @Test
    void everyParameterComesBackAndCredentialsThatAreNotThereToo(JenkinsRule jenkins) throws Exception {
        BuildkitBuildStep step = new BuildkitBuildStep();
        step.setTags("registry.example/app:1,registry.example/app:2");
        step.setBuildArgs("A=it's \"two\"\nB=lines & <ünïcödé>");
        step.setPush(true);
        step.setLoad(true);
        step.setNoCache(true);
        step.setPull(true);
        step.setProvenanceAttributes("mode=max");
        step.setSbom(true);
        step.setCacheTo("type=registry,ref=registry.example/app:cache,mode=max\ntype=inline");
        step.setSecrets(List.of(new BuildSecret("npm", "npm-token")));
        step.setSsh(List.of(new BuildSsh("default", "git-key")));
        step.setRegistryUrl("https://registry.example");
        step.setRegistryCredentialsId("registry");
        step.setBuildx("buildx-0.36");
        Map<String, String> before = Map.copyOf(step.texts());

        BuildkitBuildStep after = submitted(jenkins, step, BuildkitBuildStep.class);

        assertThat(after.texts()).containsExactlyInAnyOrderEntriesOf(before);
        assertThat(after.getSecrets()).extracting(BuildSecret::getCredentialsId).containsExactly("npm-token");
        assertThat(after.getSsh()).extracting(BuildSsh::getCredentialsId).containsExactly("git-key");
        assertThat(after.getRegistryCredentialsId()).isEqualTo("registry");
        assertThat(after.getRegistryUrl()).isEqualTo("https://registry.example");
        assertThat(after.getBuildx()).isEqualTo("buildx-0.36");
    }

    @Test
    void everyTextOfABuildHasAFieldOfItsOwn(JenkinsRule jenkins) throws Exception {
        BuildkitBuildStep step = new BuildkitBuildStep();
        fill(step);
        Map<String, String> before = Map.copyOf(step.texts());

        assertThat(submitted(jenkins, step, BuildkitBuildStep.class).texts())
                .containsExactlyInAnyOrderEntriesOf(before);
    }

    @Test
    void aBuildOfAJobWithoutAPipelineComesBack(JenkinsRule jenkins) throws Exception {
        BuildkitBuildStep step = new BuildkitBuildStep();
        step.setTags("registry.example/app:1");
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new BuildkitBuilder(step));

        save(jenkins, project);

        assertThat(project.getBuildersList()
                        .get(BuildkitBuilder.class)
                        .getBuild()
                        .texts())
                .containsExactlyEntriesOf(Map.of("tags", "registry.example/app:1"));
    }

    @Test
    void theStepsForBuildersAndEmulatorsComeBack(JenkinsRule jenkins) throws Exception {
        SetupQemuStep qemu = new SetupQemuStep();
        qemu.setPlatforms("arm64, arm/v7");
        qemu.setInstall(true);
        CreateBuilderStep create = new CreateBuilderStep();
        create.setName("ci");
        create.setDriver("docker-container");
        create.setDriverOpts("network=host\nimage=moby/buildkit:v0.32.2");
        create.setBootstrap(false);
        create.setUse(true);
        BuilderNode node = new BuilderNode();
        node.setEndpoint("tcp://arm.example:1234");
        create.setAppend(List.of(node));
        WithBuilderStep block = new WithBuilderStep();
        block.setDriver("remote");
        block.setEndpoint("tcp://buildkitd.example:1234");
        block.setKeepState(true);

        assertThat(submitted(jenkins, qemu, SetupQemuStep.class).texts()).isEqualTo(qemu.texts());
        CreateBuilderStep created = submitted(jenkins, create, CreateBuilderStep.class);
        assertThat(created.texts()).isEqualTo(create.texts());
        assertThat(created.getAppend()).extracting(BuilderNode::getEndpoint).containsExactly("tcp://arm.example:1234");
        assertThat(submitted(jenkins, block, WithBuilderStep.class).texts()).isEqualTo(block.texts());
    }
}
