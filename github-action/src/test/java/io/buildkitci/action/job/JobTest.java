package io.buildkitci.action.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobTest {
    @Test
    void isReadFromTheRunnersEnvironmentAndEvent() {
        Job job = Jobs.pullRequest()
                .with("GITHUB_SERVER_URL", "https://ghe.example/")
                .with("GITHUB_API_URL", "https://ghe.example/api/v3")
                .with("GITHUB_WORKSPACE", "/home/runner/work/r/r")
                .with("RUNNER_DEBUG", "1")
                .with("DOCKER_BUILD_SUMMARY", "false")
                .job();

        assertThat(job.site())
                .isEqualTo(new Job.Site("https://ghe.example", "https://ghe.example/api/v3", Optional.of("o/r")));
        assertThat(job.site().owner()).contains("o");
        assertThat(job.commit())
                .isEqualTo(new Job.Commit(
                        Optional.of(Jobs.SHA),
                        Optional.of("refs/pull/15/merge"),
                        Optional.of("topic"),
                        Optional.of("main")));
        assertThat(job.run()).contains(new Job.Run("123", "2"));
        assertThat(job.runUrl()).contains("https://ghe.example/o/r/actions/runs/123/attempts/2");
        assertThat(job.workspace()).contains("/home/runner/work/r/r");
        assertThat(job.debug()).isTrue();
        assertThat(job.switches().summary()).isFalse();
        assertThat(job.event().pullRequest()).contains(new Event.PullRequest(15, Optional.of(Jobs.HEAD), false));
    }

    @Test
    void outsideOfGitHubLittleIsKnown() {
        Job job = Jobs.none().job();

        assertThat(job.site())
                .isEqualTo(new Job.Site("https://github.com", "https://api.github.com", Optional.empty()));
        assertThat(job.site().owner()).isEmpty();
        assertThat(job.run()).isEmpty();
        assertThat(job.runUrl()).isEmpty();
        assertThat(job.debug()).isFalse();
        assertThat(job.event()).isEqualTo(Event.NONE);
        assertThat(job.switches()).isEqualTo(Switches.DEFAULT);
    }

    @Test
    void aMissingEventFileIsAnEventOfWhichNothingIsKnown() {
        assertThat(Jobs.push().withoutEventFile().job().event()).isEqualTo(Event.NONE);
        assertThat(Job.from(Map.of("GITHUB_EVENT_PATH", "\0"), path -> Optional.of("{}"))
                        .event())
                .isEqualTo(Event.NONE);
    }

    @Test
    void theRepositoryIsTakenFromTheEventWhereTheEnvironmentDoesNotNameIt() {
        assertThat(Jobs.push().without("GITHUB_REPOSITORY").job().site().repository())
                .contains("o/r");
    }

    @ParameterizedTest
    @CsvSource({"r", "o/", "/r", "o/r/x", "'o /r'"})
    void whatIsNotOwnerAndNameIsNoRepository(String name) {
        assertThat(Jobs.none().with("GITHUB_REPOSITORY", name).job().site().repository())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false", "true, false", "'', false"})
    void debugIsOnWhenTheRunnersVariableIsOne(String value, boolean debug) {
        assertThat(Jobs.none().with("RUNNER_DEBUG", value).job().debug()).isEqualTo(debug);
    }

    @Test
    void aRunWithoutAnAttemptIsTheFirst() {
        assertThat(Jobs.push().without("GITHUB_RUN_ATTEMPT").job().runUrl())
                .contains("https://github.com/o/r/actions/runs/123/attempts/1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com,          github.com",
        "https://GHE.example:8443,    GHE.example:8443",
        "https://me:pw@ghe.example/x, ghe.example",
        "http://localhost:3000/,      localhost:3000"
    })
    void theHostIsAsItStandsInTheServersAddress(String server, String host) {
        assertThat(Jobs.push().with("GITHUB_SERVER_URL", server).job().site().host())
                .isEqualTo(host);
    }
}
