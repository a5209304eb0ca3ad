package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.it.RunnerStep.Told;
import io.buildkitci.model.Driver;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commit that a workflow runs for is built straight from its repository, which is on a server of this machine. */
class ActionGitContextIT {
    private static final Map<String, String> FILES = Map.of(
            "Dockerfile",
            "FROM scratch\nCOPY name /\n",
            "name",
            "root",
            "app/Dockerfile",
            "FROM scratch\nCOPY name /\nCOPY --from=other name /other\n",
            "app/name",
            "app",
            "other/name",
            "other",
            "broken/Dockerfile",
            "FROM scratch\n\nCOPY nothing /\n");

    private final String token = "ghs_" + CommandLine.fresh() + CommandLine.fresh();

    @Test
    void withoutAContextTheCommitIsBuiltAndNotTheWorkspace() throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            ServedRepository repository = job.untilItEnds(new ServedRepository(job, FILES, token));
            job.builder(Driver.REMOTE);
            job.file("Dockerfile", "FROM scratch\nCOPY wrong /\n");

            Told built = job.step("build-push")
                    .input("github-token", token)
                    .input("outputs", "type=local,dest=out")
                    .main();

            assertThat(built.exit()).as(built.toString()).isZero();
            assertThat(job.workspace().resolve("out/name")).hasContent("root");
            assertThat(built.log()).contains(repository.address() + "/octo/app.git#" + repository.commit());
            assertThat(built.shown()).doesNotContain(token);
            assertThat(repository.authorizations())
                    .singleElement()
                    .satisfies(header -> assertThat(decoded(header)).endsWith(":" + token));
        }
    }

    @Test
    void directoriesOfTheCommitAreContextsAndPlacesInThemAreShownInTheRepository() throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            ServedRepository repository = job.untilItEnds(new ServedRepository(job, FILES, ""));
            job.builder(Driver.REMOTE);

            Told built = job.step("build-push")
                    .input("context", "{{defaultContext}}:app")
                    .input("build-contexts", "other={{defaultContext}}:other")
                    .input("outputs", "type=local,dest=out")
                    .main();
            Told failed = job.step("build-push")
                    .input("context", "{{defaultContext}}:broken")
                    .main();

            assertThat(built.exit()).as(built.toString()).isZero();
            assertThat(job.workspace().resolve("out/name")).hasContent("app");
            assertThat(job.workspace().resolve("out/other")).hasContent("other");
            assertThat(failed.exit()).isEqualTo(1);
            assertThat(failed.view().all("error"))
                    .singleElement()
                    .satisfies(error -> assertThat(error.properties())
                            .containsEntry("file", "broken/Dockerfile")
                            .containsEntry("line", "3"));
            assertThat(repository.authorizations()).isNotEmpty();
        }
    }

    @Test
    void aRepositoryThatTheTokenMayNotReadIsNamedAsWhatFailed() throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            ServedRepository repository = job.untilItEnds(new ServedRepository(job, FILES, token));
            job.builder(Driver.REMOTE);

            Told failed =
                    job.step("build-push").input("github-token", "another").main();

            assertThat(failed.exit()).as(failed.toString()).isGreaterThan(1);
            assertThat(failed.errors()).singleElement().asString().contains(repository.address());
        }
    }

    private static String decoded(String header) {
        return new String(Base64.getDecoder().decode(header.substring("basic ".length())), StandardCharsets.UTF_8);
    }
}
