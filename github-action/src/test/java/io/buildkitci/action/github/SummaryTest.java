package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.github.PlayedJob.Told;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {
    private static final String PLANTED = "correct-horse-battery";

    private final PlayedJob job = new PlayedJob("build-push");

    @Test
    void tellsOfABuildAndOfItsInputs() throws InterruptedException {
        Told told = job.input("tags", "octo/app:1").main();

        assertThat(told.summary()).contains("octo/app", "tags", "octo/app:1");
        assertThat(told.exit()).isZero();
    }

    @Test
    void tellsOfAFailureToo() throws InterruptedException {
        job.machine.failing("ERROR: failed to solve: octo/none: not found");
        Told told = job.main();

        assertThat(told.exit()).isNotZero();
        assertThat(told.summary()).contains("octo/none: not found");
    }

    @ParameterizedTest
    @CsvSource({
        "INPUT_SUMMARY, false, false",
        "INPUT_SUMMARY, False, false",
        "INPUT_SUMMARY, true, true",
        "DOCKER_BUILD_SUMMARY, false, false",
        "DOCKER_BUILD_SUMMARY, true, true",
        "GITHUB_STEP_SUMMARY, '', false"
    })
    void isWrittenUnlessSwitchedOff(String variable, String value, boolean written) throws InterruptedException {
        Told told = job.with(variable, value).main();

        assertThat(told.exit()).isZero();
        assertThat(told.summary().isEmpty()).isEqualTo(!written);
        assertThat(told.view().all("warning")).isEmpty();
    }

    @Test
    void onlyWarnsWhereItCannotBeWritten() throws InterruptedException {
        job.machine.files.remove(Path.of("/runner/step_summary"));
        job.machine.files.withDirectory("/runner/step_summary");
        Told told = job.main();

        assertThat(told.exit()).isZero();
        assertThat(told.view().data("warning")).hasSize(1);
        assertThat(told.view().data("warning").get(0)).startsWith("the job summary was not written");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "cache-to; type=gha,scope=n,ghtoken=correct-horse-battery",
                "cache-from; type=azblob,name=n,account_url=https://x.example,\"secret_access_key=correct-horse-battery\"",
                "outputs; type=image,push=false,registry-token=correct-horse-battery",
                "build-args; A=1\\nNPM_TOKEN=a,correct-horse-battery",
                "build-arg; NPM_TOKEN=correct-horse-battery",
                "context; https://me:correct-horse-battery@git.example/a.git",
                "build-contexts; more=https://me:correct-horse-battery@git.example/a.git",
                "secrets; id=correct-horse-battery",
                "labels; about=correct-horse-battery",
                "github-token; correct-horse-battery"
            })
    void showsNoSecretOfAnyInput(String input, String value) throws InterruptedException {
        Told told = job.input(input, value.replace("\\n", "\n"))
                .input("secret-envs", "e=PLANTED")
                .with("PLANTED", PLANTED)
                .main();
        PlayedJob alone = new PlayedJob("build-push");
        Told without = alone.input(input, value.replace("\\n", "\n")).main();

        assertThat(told.exit()).as(told.log()).isZero();
        assertThat(told.summary()).isNotEmpty().doesNotContain(PLANTED);
        if (!input.equals("labels")) {
            assertThat(without.summary()).isNotEmpty().doesNotContain(PLANTED);
        }
    }
}
