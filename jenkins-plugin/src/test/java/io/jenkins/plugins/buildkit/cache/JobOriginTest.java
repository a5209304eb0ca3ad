package io.jenkins.plugins.buildkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Run;
import io.buildkitci.cacheservice.trust.Grant;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobOriginTest {
    private final MultiBranch project = new MultiBranch("team/app");

    @BeforeEach
    void start() {
        Jenkins.started(new Jenkins(Path.of("/nowhere").toFile()));
    }

    private static Grant grant(Run<?, ?> run) throws InterruptedException {
        BuildOrigin origin = JobOrigin.of(run);
        return origin.grant(Namespaces.OWN.of(origin.owner()));
    }

    private static Grant expected(String own, String... others) {
        List<String> readable = Stream.concat(Stream.of(own), Stream.of(others)).toList();
        return new Grant("jenkins/team/app", readable, Optional.of(own));
    }

    @Test
    void aJobWithoutBranchesIsItsOwnNamespace() throws Exception {
        assertThat(grant(new PlainJob("team/nightly").build()))
                .isEqualTo(new Grant("jenkins/team/nightly", List.of("job"), Optional.of("job")));
    }

    @Test
    void aBranchReadsItsOwnAndTheDefaultBranchsAndWritesItsOwn() throws Exception {
        Run<?, ?> trunk = project.primary("trunk");
        project.branch("main");

        assertThat(grant(trunk)).isEqualTo(expected("refs/heads/trunk"));
        assertThat(grant(project.branch("feature/a"))).isEqualTo(expected("refs/heads/feature/a", "refs/heads/trunk"));
    }

    @Test
    void whereTheSourceNamesNoDefaultBranchOneOfTheUsualNamesIsIt() throws Exception {
        project.branch("master");
        assertThat(grant(project.branch("feature"))).isEqualTo(expected("refs/heads/feature", "refs/heads/master"));

        project.branch("main");
        assertThat(grant(project.branch("other"))).isEqualTo(expected("refs/heads/other", "refs/heads/main"));
    }

    @Test
    void aChangeThatIsCalledMainIsNotTheDefaultBranch() throws Exception {
        project.fork("main", "release");

        assertThat(grant(project.branch("feature"))).isEqualTo(expected("refs/heads/feature"));
    }

    @Test
    void aChangeOfATrustedAuthorReadsItsTargetsToo() throws Exception {
        project.primary("main");

        assertThat(grant(project.change("PR-7", "release")))
                .isEqualTo(expected("refs/pull/PR-7", "refs/heads/release", "refs/heads/main"));
    }

    @Test
    void aChangeOfAStrangerIsInQuarantine() throws Exception {
        project.primary("main");

        assertThat(grant(project.fork("PR-8", "release"))).isEqualTo(expected("fork/PR-8", "refs/heads/main"));
    }

    @Test
    void whoeverCannotBeAskedForIsAStranger() throws Exception {
        project.primary("main");
        Run<?, ?> change = project.change("PR-9", "main");
        project.silence();

        assertThat(grant(change)).isEqualTo(expected("fork/PR-9", "refs/heads/main"));
        Run<?, ?> unknown = new MultiBranch.BranchRun((MultiBranch.BranchJob) change.getParent());
        assertThat(grant(unknown)).isEqualTo(expected("fork/PR-9", "refs/heads/main"));
    }

    @Test
    void aHeadsScopesAreThoseThatItsBuildsMayHaveWritten() {
        assertThat(JobOrigin.of(project.change("PR-7", "main").getParent())
                        .orElseThrow()
                        .scopes())
                .containsExactly("refs/pull/PR-7", "fork/PR-7");
        assertThat(JobOrigin.of(new PlainJob("a"))).isEmpty();
        assertThat(JobOrigin.of(project)).isEmpty();
    }

    @Test
    void namespacesOfOthersAreNotOurs() {
        assertThat(Namespaces.OWN.owner("jenkins/team/app")).contains("team/app");
        assertThat(Namespaces.OWN.owner("jenkins-2/team/app")).isEmpty();
        ExternalService service = new ExternalService("http://cache.example/");
        assertThat(Namespaces.in(service, "0123456789abcdef").of("a")).isEqualTo("0123456789ab/a");
        service.setController("ci-1");
        assertThat(Namespaces.in(service, "0123456789abcdef").of("a")).isEqualTo("ci-1/a");
    }
}
