package io.jenkins.plugins.buildkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import hudson.slaves.EnvironmentVariablesNodeProperty.Entry;
import io.buildkitci.cacheservice.store.Stats;
import io.buildkitci.testbed.Testbed;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import jenkins.branch.BranchSource;
import jenkins.scm.api.SCMHead;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Branches, changes and changes of forks of a multibranch project, each built by a builder that has built nothing before. */
@WithJenkins
class MultibranchCacheTest {
    private static final Testbed TESTBED = Testbed.here();
    private static final SCMHead MAIN = new SCMHead("main");
    private static final SCMHead CHANGE = new PlayedSource.Change("PR-1", "main", false);
    private static final SCMHead FORK = new PlayedSource.Change("PR-2", "main", true);

    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    Path temporary;

    private WorkflowMultiBranchProject project;

    private void makeAProjectAndACache(JenkinsRule jenkins) throws Exception {
        EmbeddedService service = new EmbeddedService();
        service.setDirectory(temporary.resolve("layers").toString());
        service.setQuota("1GiB");
        try (ServerSocket free = new ServerSocket(0)) {
            service.setPort(free.getLocalPort());
        }
        LayerCacheConfiguration.get().setService(service);
        assertThat(CacheLifecycle.get().settled(Duration.ofSeconds(20))).isInstanceOf(RunningService.Running.class);
        jenkins.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new Entry("BUILDKIT_CI_BUILDX", TESTBED.buildx().toString()),
                        new Entry("BUILDX_CONFIG", temporary.resolve("buildx").toString()),
                        new Entry("DOCKER_HOST", TESTBED.dockerHost())));
        PlayedSource.begin("""
                node {
                    withBuildkitBuilder(driverOpts: ['image=%s', 'network=host']) {
                        def image = buildkitBuild(
                            context: "%s/${env.BRANCH_NAME}", cache: 'jenkins', outputs: 'type=cacheonly')
                        sh "echo cached ${image.cached} of ${image.steps}"
                    }
                }
                """.formatted(TESTBED.buildkitImage(), temporary));
        project = jenkins.createProject(WorkflowMultiBranchProject.class, "app");
        PlayedSource source = new PlayedSource();
        source.setId("played");
        project.getSourcesList().add(new BranchSource(source));
    }

    /** Each instruction makes something else each time it runs. */
    private void write(String branch, String... instructions) throws Exception {
        Path context = Files.createDirectories(temporary.resolve(branch));
        StringBuilder dockerfile = new StringBuilder("FROM " + TESTBED.base() + "\n");
        for (String instruction : instructions) {
            dockerfile
                    .append("RUN echo ")
                    .append(mark)
                    .append(instruction)
                    .append("; date +%N > /")
                    .append(instruction);
            dockerfile.append('\n');
        }
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
    }

    /** Pushes it, has the project indexed, and says how many steps of the build came from the cache, as {@code 1 of 2}. */
    private String built(JenkinsRule jenkins, SCMHead head, String... instructions) throws Exception {
        write(head.getName(), instructions);
        PlayedSource.push(head, UUID.randomUUID().toString());
        index(jenkins);
        WorkflowJob job = project.getItem(head.getName());
        WorkflowRun run = jenkins.assertBuildStatusSuccess(job.getLastBuild());
        assertThat(run.getLog(10_000))
                .anyMatch(line -> line.startsWith("Obtained Jenkinsfile from "))
                .noneMatch(line -> line.contains("built without"));
        return run.getLog(10_000).stream()
                .filter(line -> line.startsWith("cached "))
                .map(line -> line.substring("cached ".length()))
                .findFirst()
                .orElseThrow();
    }

    private void index(JenkinsRule jenkins) throws Exception {
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        assertThat(project.getIndexing().getResult())
                .as(Files.readString(project.getIndexing().getLogFile().toPath()))
                .isEqualTo(Result.SUCCESS);
    }

    private static List<String> scopes(String namespace) throws Exception {
        RunningService.Running running =
                (RunningService.Running) CacheLifecycle.get().settled(Duration.ofSeconds(20));
        return running.service().store().stats().namespaces().stream()
                .filter(one -> one.name().equals(namespace))
                .flatMap(one -> one.scopes().stream())
                .map(Stats.OfScope::name)
                .sorted()
                .toList();
    }

    @Test
    void eachHeadReadsAndWritesWhatItMay(JenkinsRule jenkins) throws Exception {
        makeAProjectAndACache(jenkins);

        assertThat(built(jenkins, MAIN, "one", "two")).isEqualTo("0 of 2");

        assertThat(built(jenkins, CHANGE, "one", "two", "of-change"))
                .as("reads its target")
                .isEqualTo("2 of 3");
        assertThat(built(jenkins, CHANGE, "one", "two", "of-change"))
                .as("reads its own")
                .isEqualTo("3 of 3");
        assertThat(built(jenkins, FORK, "one", "two", "of-fork"))
                .as("a fork reads main")
                .isEqualTo("2 of 3");
        assertThat(built(jenkins, FORK, "one", "two", "of-fork"))
                .as("and its own")
                .isEqualTo("3 of 3");

        assertThat(built(jenkins, FORK, "one", "two", "of-change"))
                .as("of no other change")
                .isEqualTo("2 of 3");
        assertThat(built(jenkins, CHANGE, "one", "two", "of-fork"))
                .as("nobody reads a fork's")
                .isEqualTo("2 of 3");
        assertThat(built(jenkins, MAIN, "one", "two", "of-change"))
                .as("nor a change's")
                .isEqualTo("2 of 3");
        assertThat(scopes("jenkins/app")).containsExactly("fork/PR-2", "refs/heads/main", "refs/pull/PR-1");
    }

    @Test
    void scopesGoWithTheirBranchAndMoveWithTheirProject(JenkinsRule jenkins) throws Exception {
        makeAProjectAndACache(jenkins);
        built(jenkins, MAIN, "one", "two");
        built(jenkins, CHANGE, "one", "two", "three");
        assertThat(scopes("jenkins/app")).containsExactly("refs/heads/main", "refs/pull/PR-1");

        PlayedSource.delete(CHANGE);
        index(jenkins);
        assertThat(project.getItem("PR-1")).isNull();
        CacheLifecycle.get().settled(Duration.ofSeconds(20));
        assertThat(scopes("jenkins/app")).containsExactly("refs/heads/main");

        project.renameTo("moved");
        assertThat(built(jenkins, MAIN, "one", "two")).isEqualTo("2 of 2");
        assertThat(scopes("jenkins/app")).isEmpty();
        assertThat(scopes("jenkins/moved")).containsExactly("refs/heads/main");
    }
}
