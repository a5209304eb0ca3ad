package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import hudson.slaves.EnvironmentVariablesNodeProperty.Entry;
import io.buildkitci.testbed.Testbed;
import io.jenkins.plugins.buildkit.page.BuildkitAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Sandboxed pipelines in a real Jenkins build on the real parts of the testbed. */
class PipelineTest {
    private static final Testbed TESTBED = Testbed.here();

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path context;

    private WorkflowRun started(JenkinsRule jenkins, String script) throws Exception {
        EnvironmentVariablesNodeProperty environment = new EnvironmentVariablesNodeProperty(
                new Entry("BUILDKIT_CI_BUILDX", TESTBED.buildx().toString()),
                new Entry("BUILDX_CONFIG", context.resolveSibling("buildx").toString()),
                new Entry("DOCKER_HOST", TESTBED.dockerHost()));
        jenkins.jenkins.getGlobalNodeProperties().add(environment);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "image");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    private String build(String run) throws Exception {
        Files.writeString(context.resolve("Dockerfile"), "FROM " + TESTBED.base() + "\nRUN " + run + "\n");
        return "buildkitBuild(context: '" + context + "', noCache: true, push: true, tags: '" + TESTBED.registry()
                + "/jenkins-test/" + UUID.randomUUID() + ":1')";
    }

    @Test
    void aPipelineBuildsPushesAndReadsTheResult() throws Throwable {
        String step = build("echo hello");
        sessions.then(jenkins -> {
            WorkflowRun run = started(
                    jenkins,
                    "node {\n  def image = " + step + "\n"
                            + "  sh \"echo got ${image.digest} ${image.platforms.size()} ${image.cached}/${image.steps}\"\n}");

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(run.getLog(1000)).anyMatch(line -> line.matches("got sha256:[0-9a-f]{64} 1 0/1"));
            assertThat(run.getAction(BuildkitAction.class)).isNotNull();
            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                assertThat(client.getPage(run).asNormalizedText()).contains("sha256:");
            }
        });
    }

    @Test
    void aWrongParameterIsToldWithoutAStackTrace() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = started(jenkins, "node {\n  buildkitBuild(tags: 'Upper', platfrms: 'linux/amd64')\n}");

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            assertThat(String.join("\n", run.getLog(1000)))
                    .contains("did you mean 'platforms'?")
                    .doesNotContain("\tat ");
        });
    }

    @Test
    void aBuilderOfABlockThatIsRemovedIsMadeAgainAlsoAfterARestart() throws Throwable {
        String step = build("echo hello");
        String remove = "\"$BUILDKIT_CI_BUILDX\" rm \"$BUILDX_BUILDER\"";
        sessions.then(jenkins -> {
            WorkflowRun run = started(
                    jenkins,
                    "node {\n  withBuildkitBuilder(driver: 'remote', endpoint: '" + TESTBED.buildkitAddress() + "') {\n"
                            + "    sh '" + remove + "'\n    " + step + "\n"
                            + "    sh 'echo restart-now; sleep 5; " + remove + "'\n    " + step + "\n  }\n}");
            jenkins.waitForMessage("restart-now", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("image", WorkflowJob.class)
                    .getBuildByNumber(1);

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(run.getLog(1000).stream()
                            .filter(line -> line.endsWith("was gone and is made again, as it was made before")))
                    .hasSize(2);
        });
    }

    @Test
    void aBuildGoesOnWhileJenkinsIsRestarted() throws Throwable {
        String step = build("for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo tick $i.; sleep 1; done");
        sessions.then(jenkins -> {
            WorkflowRun run =
                    started(jenkins, "node {\n  def image = " + step + "\n  sh \"echo got ${image.digest}\"\n}");
            jenkins.waitForMessage("tick 2.", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("image", WorkflowJob.class)
                    .getBuildByNumber(1);

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            String log = String.join("\n", run.getLog(1000));
            assertThat(log).containsPattern("got sha256:[0-9a-f]{64}");
            for (int i = 1; i <= 12; i++) {
                assertThat(Pattern.compile("\\| tick " + i + "\\.").matcher(log).results())
                        .as("tick %s", i)
                        .hasSize(1);
            }
        });
    }
}
