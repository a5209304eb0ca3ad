package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.failure.Blame;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.json.PlainJson;
import io.buildkitci.process.Redactor;
import io.buildkitci.report.BakeJson;
import io.buildkitci.report.BakeReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of targets that were built, failed or were stopped. */
class BakeRunsTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final PlayedBakes played = new PlayedBakes();

    @Test
    void aTargetsOwnReportHasItsNotesAndThoseOfAll() throws InterruptedException {
        Bakes.Ready ready = played.ready();
        played.runner
                .when(command -> command.argv().contains("--metadata-file"))
                .exit(0);
        Baked baked = played.bakes()
                .run(ready, PlayedBakes.Silent::new, Redactor.NONE)
                .after(List.of("run 1 failed"));

        assertThat(BakeReports.of(
                                baked,
                                "web",
                                Optional.ofNullable(baked.targets().get("web")).orElseThrow())
                        .remarks()
                        .notes())
                .containsExactly(
                        "run 1 failed",
                        "no output is asked for (push, load or outputs): the result stays in the cache of builder 'ci'");
        assertThat(BakeReports.of(baked).notes()).first().isEqualTo("run 1 failed");
    }

    @Test
    void everyTargetIsReportedWithItsDigestAndItsSteps() throws InterruptedException {
        BakeReport report = played.build(
                "bake-services-buildx-0.36.1",
                0,
                "{\"web\": {\"containerimage.digest\": \"" + DIGEST
                        + "\", \"image.name\": \"registry.example/web:1\"}}");

        assertThat(report.failure()).isEmpty();
        PlainJson json = PlainJson.parse(BakeJson.render(report)).object("targets");
        assertThat(json.fields()).hasSize(3);
        assertThat(json.object("web").object("image").text("digest")).isEqualTo(DIGEST);
        assertThat(json.object("api").object("steps").number("total")).isEqualTo(2);
        assertThat(json.object("worker").object("steps").number("run")).isEqualTo(2);
    }

    @Test
    void theTargetThatFailedIsNamedAndOneThatRanWasStoppedAndOneThatWasDoneIsBuilt() throws InterruptedException {
        BakeReport report = played.build("bake-failing-buildx-0.36.1", 1, "");

        assertThat(report.failure()).hasValueSatisfying(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.STEP_FAILED);
            assertThat(failure.blame()).isEqualTo(Blame.BUILD);
            assertThat(failure.message()).startsWith("target 'web': ").contains("code 7");
        });
        PlainJson json = PlainJson.parse(BakeJson.render(report)).object("targets");
        assertThat(json.object("web").text("outcome")).isEqualTo("failed");
        assertThat(json.object("api").text("outcome")).isEqualTo("cancelled");
        assertThat(json.object("worker").text("outcome")).isEqualTo("built");
        assertThat(json.object("api").object("failure").text("message")).contains("target 'web' failed");
    }
}
