package io.buildkitci.action.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The action that does all three makes what is needed and nothing else, with the defaults that its action.yml sets. */
class AllInOneTest {
    @Test
    void aBuilderThatIsNamedIsTaken() throws InterruptedException {
        PlayedStep.Done done = run(Map.of("context", ".", "builder", "mine"), Map.of());

        assertThat(done.exit()).as(done.log()).isZero();
        assertThat(done.calls()).contains("--builder mine").doesNotContain("--driver docker-container");
    }

    @Test
    void theCurrentBuilderIsTakenWhereItCanDoWhatIsAsked() throws InterruptedException {
        PlayedStep.Done done =
                run(Map.of("context", ".", "load", "true", "tags", "octo/app:1"), Map.of("driver", "docker"));

        assertThat(done.exit()).as(done.log()).isZero();
        assertThat(done.calls()).contains("--load").noneMatch(call -> call.startsWith("--name"));
    }

    @Test
    void aBuilderIsMadeWhereTheInputsSayWhatItIs() throws InterruptedException {
        PlayedStep.Done done = run(Map.of("context", ".", "driver-opts", "network=host"), Map.of());

        assertThat(done.exit()).as(done.log()).isZero();
        assertThat(done.calls())
                .contains("--name (made up)", "--driver-opt network=host")
                .doesNotContain("--use");
    }

    private static PlayedStep.Done run(Map<String, String> with, Map<String, Object> job) throws InterruptedException {
        Row row = new Row("", with, Job.of(job), List.of(), Optional.empty(), Optional.empty());
        return PlayedStep.run(".", row);
    }
}
