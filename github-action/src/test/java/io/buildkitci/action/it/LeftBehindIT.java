package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.it.RunnerStep.Started;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of a builder whose maker was killed is told by the doctor and removed by it; others stay. */
class LeftBehindIT {
    @ParameterizedTest
    @EnumSource(names = {"DOCKER_CONTAINER", "BUILDKITD"})
    void isTheHalfMadeBuilderOnly(Driver driver) throws Exception {
        try (KilledCreations creations = new KilledCreations(new Random(7))) {
            creations.killInItsMiddle(driver);
        }
    }

    /** The runner is killed with no post step: its builder goes, that of a job that lives stays. */
    @ParameterizedTest
    @EnumSource(names = {"DOCKER_CONTAINER", "BUILDKITD"})
    void andTheBuilderOfAJobThatWasCutOff(Driver driver) throws Exception {
        try (RunnerJob job = new RunnerJob()) {
            Path worker = Files.createSymbolicLink(job.folder().resolve("Runner.Worker"), Path.of("/bin/sh"));
            String name = "its-" + CommandLine.fresh();
            String living = "its-" + CommandLine.fresh();
            try (Started cutOff = started(job, worker, driver, name);
                    Started lives = started(job, worker, driver, living)) {
                assertThat(builders(job)).contains(name, living);
                assertThat(left(job)).isEmpty();

                cutOff.running().signal("KILL");
                cutOff.running().end();

                assertThat(left(job)).containsExactly("builder " + name);
                Said gc = job.machine().run("doctor", "--gc", "--json", "--builder", living);
                assertThat(Reported.texts(gc.json().path("removed")))
                        .as(gc.toString())
                        .contains("builder " + name);
                assertNothingIsLeft(job, name);
                assertThat(builders(job)).containsExactly(living);
                assertThat(lives.running().handle().isAlive()).isTrue();
            }
            Said gc = job.machine().run("doctor", "--gc", "--json");
            assertThat(Reported.texts(gc.json().path("removed")))
                    .as(gc.toString())
                    .contains("builder " + living);
            assertNothingIsLeft(job, living);
        }
    }

    private static Started started(RunnerJob job, Path worker, Driver driver, String name) throws Exception {
        Path over = job.folder().resolve("over-" + name);
        Started started = job.createBuilder(driver)
                .input("name", name)
                .input("use", "false")
                .startBelow(worker, over);
        Await.until("the end of the step", () -> Files.exists(over));
        assertThat(over).hasContent("0");
        return started;
    }

    /** Those of buildx, and daemons. */
    private static List<String> builders(RunnerJob job) throws Exception {
        List<String> names = new ArrayList<>(job.builders());
        FilesBelow.of(job.folder()).stream()
                .filter(file -> file.endsWith("daemon.json"))
                .map(file -> file.getName(file.getNameCount() - 2).toString())
                .forEach(names::add);
        return names;
    }

    private static void assertNothingIsLeft(RunnerJob job, String name) throws Exception {
        assertThat(job.inEngine(name)).isEmpty();
        Machine.awaitNone("/" + name + "/");
    }

    private static List<String> left(RunnerJob job) throws Exception {
        return Reported.texts(job.machine().run("doctor", "--json").json().path("left"));
    }
}
