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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
