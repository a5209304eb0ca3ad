package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.it.RunnerStep.Started;
import io.buildkitci.action.it.RunnerStep.Told;
import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Random;

/** Steps of a job that build by the action, of which a process is killed before their post step runs. */
final class KilledSteps implements AutoCloseable {
    /** What is killed. */
    enum Victim {
        LAUNCHER,
        JAVA,
        ALL_AT_ONCE,
        THE_RUNNERS_WAY
    }

    private static final int LONGEST = 2500;

    private final Random random;
    private final RunnerJob job = new RunnerJob();

    KilledSteps(Random random) throws Exception {
        this.random = random;
        job.builder(Driver.REMOTE);
    }

    /** What the runner reads afterwards is valid, or it throws; what there was to take back is. */
    boolean kill(Victim victim) throws Exception {
        String mark = "its-killed-" + CommandLine.fresh();
        job.file("Dockerfile", """
                FROM BASE
                RUN --mount=type=secret,id=long,required echo %s && sleep 1
                """.formatted(mark));
        RunnerStep step = job.step("build-push")
                .input("context", ".")
                .input("secrets", "long=" + ("planted-" + mark).repeat(2000))
                .input("outputs", "type=oci,dest=image.tar")
                .input("cache", "local=cache");
        boolean killed;
        Told told;
        try (Started started = step.start()) {
            killed = !started.running().ends(Duration.ofMillis(random.nextInt(LONGEST)));
            told = killed ? killed(victim, started) : started.end();
        }
        assertThat(told.exit()).as(victim + ": " + told).isIn(0, 130, 137);
        assertThat(told.exit() == 0).isEqualTo(told.outputs().containsKey("digest"));
        Told post = step.post();
        assertThat(post.exit()).as(post.toString()).isZero();
        Machine.awaitNone(mark);
        Await.until("no private files", () -> job.privateFiles().isEmpty());
        if (Files.exists(job.workspace().resolve("image.tar"))) {
            WholeFiles.assertLayoutsAreWhole(WholeFiles.unpacked(
                    job.workspace().resolve("image.tar"), job.folder().resolve("unpacked-" + mark)));
        }
        WholeFiles.assertLayoutsAreWhole(job.workspace());
        return killed;
    }

    private static Told killed(Victim victim, Started started) throws Exception {
        switch (victim) {
            case THE_RUNNERS_WAY -> {
                return started.cancel();
            }
            case ALL_AT_ONCE -> {
                return started.kill();
            }
            case LAUNCHER -> started.running().signal("KILL");
            case JAVA ->
                started.running()
                        .handle()
                        .children()
                        .filter(child -> child.info().command().orElse("").endsWith("java"))
                        .forEach(ProcessHandle::destroyForcibly);
        }
        return started.end();
    }

    @Override
    public void close() throws IOException {
        job.close();
    }
}
