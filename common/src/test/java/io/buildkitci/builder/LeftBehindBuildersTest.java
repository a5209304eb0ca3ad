package io.buildkitci.builder;

import static io.buildkitci.builder.ScriptedBuilders.CONTAINER;
import static io.buildkitci.builder.ScriptedBuilders.CONTAINERS;
import static io.buildkitci.builder.ScriptedBuilders.CREATE;
import static io.buildkitci.builder.ScriptedBuilders.LIMIT;
import static io.buildkitci.builder.ScriptedBuilders.MISSING;
import static io.buildkitci.builder.ScriptedBuilders.RUNNING;
import static io.buildkitci.builder.ScriptedBuilders.SILENT;
import static io.buildkitci.builder.ScriptedBuilders.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeftBehindBuildersTest {
    private static final Path NOTES = Path.of("/home/p/.local/state/buildkit-ci/being-made");

    private final ScriptedBuilders scripted = new ScriptedBuilders();

    @AfterEach
    void everythingExpectedHappened() {
        scripted.assertEverythingExpectedHappenedAndNoPrivateDirectoryIsLeft();
    }

    /** As a process leaves it that is killed while it makes a builder. */
    private void killedWhileItMade(boolean keepState) {
        scripted.files.with(
                NOTES + "/run-1.json",
                "{\"name\":\"rec-rec\",\"maker\":\"/run/dead\",\"place\":\"/bx \",\"keepState\":" + keepState + "}");
    }

    @Test
    void aBuilderIsNotedWhileItIsMadeAndNotLonger() throws Exception {
        List<String> noted = new ArrayList<>();
        scripted.runner
                .fails("buildx inspect rec-rec", MISSING)
                .says(CONTAINERS, "")
                .says(VOLUMES, "")
                .does(CREATE, () -> noted.addAll(scripted.files.list(NOTES)))
                .says("buildx inspect --bootstrap rec-rec", RUNNING);

        scripted.notingBuilders().create(CONTAINER, LIMIT, SILENT);

        assertThat(noted).containsExactly("buildkit-ci-1.json");
        assertThat(scripted.files.list(NOTES)).isEmpty();
        assertThat(scripted.notingBuilders().leftBehind(List.of())).isEmpty();
    }

    @Test
    void oneThatIsThereIsNeverNoted() throws Exception {
        scripted.runner.fails("buildx inspect rec-rec", MISSING).says(CONTAINERS, "buildx_buildkit_rec-rec0");

        assertThat(scripted.notingBuilders().create(CONTAINER, LIMIT, SILENT)).isInstanceOf(Creation.Refused.class);

        assertThat(scripted.files.list(NOTES)).isEmpty();
    }

    @Test
    void theBuilderOfAKilledProcessIsRemovedWithAllItHas() throws Exception {
        killedWhileItMade(false);
        scripted.isRemembered("docker-container");
        assertThat(scripted.notingBuilders().leftBehind(List.of())).containsExactly("rec-rec");
        scripted.runner.says("buildx rm rec-rec", "").says(CONTAINERS, "").says(VOLUMES, "");

        assertThat(scripted.notingBuilders().removeLeftBehind())
                .containsExactly(new Removal.Removed("rec-rec", List.of(), true));

        assertThat(scripted.notingBuilders().leftBehind(List.of())).isEmpty();
    }

    @Test
    void stateThatWasThereBeforeStays() throws Exception {
        killedWhileItMade(true);
        scripted.isRemembered("docker-container");
        scripted.runner.says("buildx rm --keep-state rec-rec", "").says(CONTAINERS, "");

        assertThat(scripted.notingBuilders().removeLeftBehind()).hasSize(1);
    }

    @Test
    void oneThatCannotBeRemovedIsTriedAgain() throws Exception {
        killedWhileItMade(false);
        scripted.isRemembered("docker-container");
        scripted.runner
                .fails("buildx rm rec-rec", "Cannot connect to the Docker daemon")
                .fails(CONTAINERS, "no")
                .fails(VOLUMES, "no");

        assertThat(scripted.notingBuilders().removeLeftBehind().get(0)).isInstanceOf(Removal.Failed.class);

        assertThat(scripted.notingBuilders().leftBehind(List.of())).containsExactly("rec-rec");
    }

    /** A builder that a step of a job made, below a runner's worker of number 7; this process has number 9. */
    private void madeByAJob() throws Exception {
        belowARunner();
        scripted.runner
                .fails("buildx inspect rec-rec", MISSING)
                .says(CONTAINERS, "")
                .says(VOLUMES, "")
                .does(CREATE, () -> scripted.isRemembered("docker-container"))
                .says("buildx inspect --bootstrap rec-rec", RUNNING);
        scripted.notingBuilders().create(CONTAINER, LIMIT, SILENT);
        scripted.files.with("/bx/certs/rec-rec.pem", "key");
        scripted.notingBuilders().endsWithJob("rec-rec", false, List.of("/bx/certs/rec-rec.pem"));
    }

    private void belowARunner() {
        scripted.files
                .with("/etc/machine-id", "m1\n")
                .with("/proc/sys/kernel/hostname", "h1\n")
                .with("/proc/sys/kernel/random/boot_id", "b1\n")
                .with("/proc/self/stat", stat(9, 8, 900))
                .with("/proc/9/stat", stat(9, 8, 900))
                .with("/proc/9/cmdline", "java\0-jar\0")
                .with("/proc/8/stat", stat(8, 7, 800))
                .with("/proc/8/cmdline", "node\0main.cjs\0")
                .with("/proc/7/stat", stat(7, 1, 700))
                .with("/proc/7/cmdline", "/runner/bin/Runner.Worker\0spawnclient\0")
                .with("/proc/1/stat", stat(1, 0, 25));
    }

    private static String stat(int pid, int parent, int started) {
        return pid + " (a) b) S " + parent + " 0".repeat(17) + " " + started + " 0 0\n";
    }

    private List<String> left() {
        return scripted.notingBuilders().leftBehind(List.of());
    }

    @Test
    void theBuilderOfAJobThatWasCutOffIsRemovedWithItsCertificates() throws Exception {
        madeByAJob();
        assertThat(left()).isEmpty();
        scripted.files.remove(Path.of("/proc/7/stat"));
        assertThat(left()).containsExactly("rec-rec");
        scripted.runner.says("buildx rm rec-rec", "").says(CONTAINERS, "").says(VOLUMES, "");

        assertThat(scripted.notingBuilders().removeLeftBehind())
                .containsExactly(new Removal.Removed("rec-rec", List.of(), true));

        assertThat(left()).isEmpty();
        assertThat(scripted.files.read(Path.of("/bx/certs/rec-rec.pem"))).isEmpty();
    }

    @Test
    void aNumberThatAnotherProcessHasGotIsNotTheJobs() throws Exception {
        madeByAJob();
        scripted.files.with("/proc/7/stat", stat(7, 1, 7000));

        assertThat(left()).containsExactly("rec-rec");
    }

    @Test
    void aMachineThatWasStartedAgainHasNoJobsOfBefore() throws Exception {
        madeByAJob();
        scripted.files.with("/proc/sys/kernel/random/boot_id", "b2\n");
        assertThat(left()).containsExactly("rec-rec");

        scripted.files.with("/etc/machine-id", "m2\n");
        assertThat(left()).as("another machine with the same home").isEmpty();
    }

    @Test
    void fromAnotherContainerNothingIsKnownOfAJob() throws Exception {
        madeByAJob();
        scripted.files.with("/proc/1/stat", stat(1, 0, 5000)).remove(Path.of("/proc/7/stat"));

        assertThat(left()).isEmpty();
    }

    /** Two containers may be started in the same moment. */
    @Test
    void norFromOneOfAnotherName() throws Exception {
        madeByAJob();
        scripted.files.with("/proc/sys/kernel/hostname", "h2\n").remove(Path.of("/proc/7/stat"));

        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"act\0--platform\0x\0", "/usr/bin/gh-act\0", "act_runner\0daemon\0", "forgejo-runner\0"})
    void runnersOfOtherMakersAreKnownToo(String commandLine) throws Exception {
        belowARunner();
        scripted.files.with("/proc/7/cmdline", commandLine);

        assertThat(BuilderJob.here(scripted.files, false, List.of())).hasValueSatisfying(job -> {
            assertThat(job.isOver(scripted.files)).isFalse();
            assertThat(job.isHere(scripted.files)).isTrue();
        });
        scripted.files.with("/proc/7/cmdline", "interact\0");
        assertThat(BuilderJob.here(scripted.files, false, List.of())).isEmpty();
    }

    /** As a step of the same job does, or one of another, below a worker of number 6. */
    @ParameterizedTest
    @CsvSource({"7, true", "6, false"})
    void oneThatAnotherJobUsesTooDoesNotEndWithTheFirst(int worker, boolean ends) throws Exception {
        madeByAJob();
        scripted.files
                .with("/proc/6/stat", stat(6, 1, 600))
                .with("/proc/6/cmdline", "Runner.Worker\0")
                .with("/proc/8/stat", stat(8, worker, 800));
        scripted.runner
                .says("buildx inspect rec-rec", RUNNING)
                .says(CREATE, "")
                .says("buildx inspect rec-rec", RUNNING);
        assertThat(scripted.notingBuilders().create(CONTAINER, LIMIT, SILENT)).isInstanceOf(Creation.Reused.class);

        scripted.files.remove(Path.of("/proc/7/stat"));

        assertThat(left()).hasSize(ends ? 1 : 0);
    }

    @Test
    void oneOfTheSameNameThatIsNotTheJobsStays() throws Exception {
        madeByAJob();
        scripted.files.remove(Path.of("/proc/7/stat"));
        scripted.isRemembered("docker-container", "unix:///other.sock");
        assertThat(left()).isEmpty();

        scripted.files.remove(Path.of("/bx/instances/rec-rec"));
        assertThat(left()).isEmpty();
        assertThat(scripted.notingBuilders().removeLeftBehind()).isEmpty();
    }

    @Test
    void oneThatIsMadeAgainStillEndsWithItsJob() throws Exception {
        madeByAJob();
        scripted.files.remove(Path.of("/bx/instances/rec-rec"));
        scripted.runner
                .fails("buildx inspect rec-rec", MISSING)
                .says(CONTAINERS, "")
                .says(VOLUMES, "")
                .does(CREATE, () -> scripted.isRemembered("docker-container"))
                .says("buildx inspect --bootstrap rec-rec", RUNNING);
        scripted.notingBuilders().revive("rec-rec", Optional.empty(), LIMIT);
        scripted.files.remove(Path.of("/proc/7/stat"));

        assertThat(left()).containsExactly("rec-rec");
    }

    @Test
    void whereNoRunnerIsSeenWhatWasNotedHolds() throws Exception {
        madeByAJob();
        scripted.files.with("/proc/7/cmdline", "/bin/bash\0");
        scripted.notingBuilders().endsWithJob("rec-rec", false, List.of());
        scripted.files.remove(Path.of("/proc/7/stat"));

        assertThat(left()).as("what was noted before holds").containsExactly("rec-rec");
    }

    @Test
    void thoseOfLivingMakersAndOfOtherEnginesAreLeftAlone() throws Exception {
        killedWhileItMade(false);
        scripted.files.withDirectory("/run/dead");
        assertThat(scripted.notingBuilders().removeLeftBehind()).isEmpty();
        assertThat(scripted.notingBuilders().leftBehind(List.of())).isEmpty();
        assertThat(scripted.notingBuilders().leftBehind(List.of(Path.of("/run/dead"))))
                .containsExactly("rec-rec");
        scripted.files.remove(Path.of("/run/dead"));
        scripted.variables.put("DOCKER_HOST", "tcp://elsewhere:2376");

        assertThat(scripted.notingBuilders().removeLeftBehind()).isEmpty();
        assertThat(scripted.files.list(NOTES)).hasSize(1);
    }
}
