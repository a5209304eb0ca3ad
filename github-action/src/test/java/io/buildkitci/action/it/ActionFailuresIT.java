package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.it.RunnerStep.Told;
import io.buildkitci.model.Driver;
import io.buildkitci.testbed.FreePorts;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What fails is told where people look: an annotation, the summary, the exit code. */
class ActionFailuresIT {
    private static final RunnerJob JOB = new RunnerJob();

    @BeforeAll
    static void makeBuilder() throws Exception {
        JOB.builder(Driver.REMOTE);
    }

    @AfterAll
    static void endJob() throws Exception {
        JOB.close();
    }

    @Test
    void aStepThatFailsIsShownAtItsLine() throws Exception {
        JOB.file("failing/Dockerfile", "FROM BASE\n\nRUN echo not today; exit 42\n");

        Told told = JOB.step("build-push").input("context", "failing").main();

        assertThat(told.exit()).isEqualTo(1);
        assertThat(told.view().all("error")).singleElement().satisfies(error -> {
            assertThat(error.properties())
                    .containsEntry("title", "The build failed")
                    .containsEntry("file", "failing/Dockerfile")
                    .containsEntry("line", "3");
            assertThat(error.data()).contains("exited with code 42", "not today", "[step-failed]");
        });
        assertThat(told.summary()).contains("Failed", "exited with code 42", "not today", "step-failed");
        assertThat(told.outputs()).isEmpty();
    }

    @Test
    void inputsAreRefusedAllAtOnceBeforeAnythingRuns() throws Exception {
        Told told = JOB.step("build-push")
                .inputs(Map.of(
                        "context", "nowhere",
                        "platforms", "linux/amd46",
                        "tags", "registry.example/App:1",
                        "push", "yes",
                        "secrets", "\"key=never closed",
                        "cache", "everywhere"))
                .main();

        assertThat(told.exit()).isEqualTo(2);
        assertThat(told.errors())
                .singleElement()
                .asString()
                .contains("linux/amd46", "'App'", "push", "secrets", "everywhere")
                .doesNotContain("never closed");
        assertThat(told.view().data("group"))
                .as("what would show that something ran")
                .isEmpty();
        assertThat(told.shown()).doesNotContain("never closed");
    }

    @Test
    void anInputThatThereIsNotIsTold() throws Exception {
        JOB.file("fine/Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");

        Told told = JOB.step("build-push")
                .inputs(Map.of("context", "fine", "platfrms", "linux/386", "outputs", "type=local,dest=fine-out"))
                .main();

        assertThat(told.exit()).as(told.toString()).isZero();
        assertThat(told.view().data("warning"))
                .singleElement()
                .asString()
                .contains("platfrms", "did you mean 'platforms'?");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsNamed() throws Exception {
        String nobody = "localhost:" + FreePorts.next();
        JOB.file("pushed/Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");

        Told told = JOB.step("build-push")
                .inputs(Map.of("context", "pushed", "tags", nobody + "/its/x:1", "push", "true"))
                .main();

        assertThat(told.exit()).isEqualTo(4);
        assertThat(told.errors()).singleElement().asString().contains(nobody, "[registry-unreachable]");
        assertThat(told.summary()).contains("registry-unreachable");
    }

    @Test
    void aBuilderThatThereIsNotIsNamed() throws Exception {
        JOB.file("built/Dockerfile", "FROM scratch\nCOPY Dockerfile /\n");

        Told told = JOB.step("build-push")
                .inputs(Map.of("context", "built", "builder", "nobody-made-it"))
                .main();

        assertThat(told.exit()).isEqualTo(3);
        assertThat(told.errors())
                .singleElement()
                .asString()
                .contains("there is no builder 'nobody-made-it'", "create it first");
    }

    @Test
    void anEngineThatDoesNotAnswerFailsABuilderAndLeavesNothing() throws Exception {
        try (RunnerJob job = new RunnerJob().with("DOCKER_HOST", "unix:///nowhere/docker.sock")) {
            Told told = job.step("create-builder").main();

            assertThat(told.exit()).isEqualTo(3);
            assertThat(told.errors()).singleElement().asString().contains("/nowhere/docker.sock");
            assertThat(told.outputs()).isEmpty();
            assertThat(job.builders()).isEmpty();
        }
    }

    @Test
    void aBuilderOfAnotherDefinitionIsLeftAlone() throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            String name = job.builder(Driver.REMOTE);

            Told told = job.step("create-builder").input("name", name).main();

            assertThat(told.exit()).isEqualTo(2);
            assertThat(told.errors()).singleElement().asString().contains(name, "driver");
            assertThat(job.builders()).containsExactly(name);
        }
    }
}
