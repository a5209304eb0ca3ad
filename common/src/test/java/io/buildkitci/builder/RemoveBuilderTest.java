package io.buildkitci.builder;

import static io.buildkitci.builder.ScriptedBuilders.CONTAINERS;
import static io.buildkitci.builder.ScriptedBuilders.MISSING;
import static io.buildkitci.builder.ScriptedBuilders.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderFailure.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoveBuilderTest {
    private final ScriptedBuilders scripted = new ScriptedBuilders();

    @AfterEach
    void everythingExpectedHappened() {
        scripted.assertEverythingExpectedHappenedAndNoPrivateDirectoryIsLeft();
    }

    @Test
    void removesABuilderAndWhatBuildxLeftBehind() throws Exception {
        scripted.isRemembered("docker-container");
        scripted.runner
                .says("buildx rm rec-rec", "")
                .says(CONTAINERS, "")
                .says(VOLUMES, "buildx_buildkit_rec-rec0_state")
                .says("docker volume rm --force buildx_buildkit_rec-rec0_state", "")
                .says(VOLUMES, "");

        assertThat(scripted.builders().remove("REC-rec", false, Optional.empty()))
                .isEqualTo(new Removal.Removed("rec-rec", List.of("volume buildx_buildkit_rec-rec0_state"), true));
    }

    @Test
    void keepsStateWhenAsked() throws Exception {
        scripted.isRemembered("docker-container");
        scripted.runner.says("buildx rm --keep-state rec-rec", "").says(CONTAINERS, "");

        assertThat(scripted.builders().remove("rec-rec", true, Optional.empty()))
                .isEqualTo(new Removal.Removed("rec-rec", List.of(), true));
    }

    @Test
    void givesTheCurrentBuilderBack() throws Exception {
        scripted.isRemembered("remote");
        scripted.isCurrent();
        scripted.runner.says("buildx rm rec-rec", "").says("buildx use before", "");

        assertThat(scripted.builders().remove("rec-rec", false, Optional.of("before")))
                .isInstanceOf(Removal.Removed.class);
    }

    @Test
    void fallsBackToTheEngineWhenThePreviousBuilderIsGone() throws Exception {
        scripted.isRemembered("remote");
        scripted.isCurrent();
        scripted.runner
                .says("buildx rm rec-rec", "")
                .fails("buildx use before", "ERROR: failed to find instance \"before\"")
                .says("buildx use default", "");

        assertThat(scripted.builders().remove("rec-rec", false, Optional.of("before")))
                .isInstanceOf(Removal.Removed.class);
    }

    @Test
    void saysThatThereIsNoSuchBuilder() throws Exception {
        scripted.runner.fails("buildx inspect rec-rec", MISSING);

        assertThat(scripted.builders().remove("rec-rec", false, Optional.empty()))
                .isEqualTo(new Removal.Unknown("rec-rec"));
    }

    @Test
    void removesNoDockerContext() throws Exception {
        scripted.runner.says("buildx inspect default", Fixtures.read("docker-buildx-0.36.1"));

        assertThat(scripted.builders().remove("default", false, Optional.empty()))
                .isInstanceOf(Removal.Refused.class);
    }

    @Test
    void namesWhatIsLeftWhenTheEngineIsGone() throws Exception {
        scripted.isRemembered("docker-container");
        scripted.runner
                .fails("buildx rm rec-rec", "ERROR: failed to remove one or more builders")
                .fails(CONTAINERS, "Cannot connect")
                .fails(VOLUMES, "Cannot connect");

        assertThat(scripted.builders().remove("rec-rec", false, Optional.empty()))
                .isInstanceOfSatisfying(Removal.Failed.class, failed -> {
                    assertThat(failed.failure().reason()).isEqualTo(Reason.NOT_REMOVED);
                    assertThat(failed.left()).hasSize(2);
                });
    }

    @Test
    void removesWhatIsLeftOfABuilderThatBuildxForgot() throws Exception {
        scripted.runner
                .says(
                        "docker container ls --all --filter name=buildx_buildkit_rec-rec --format {{.Names}}",
                        "buildx_buildkit_rec-rec0\nbuildx_buildkit_rec-rec-of-another0\nmy_buildx_buildkit_rec-rec0")
                .says(
                        "docker volume ls --filter name=buildx_buildkit_rec-rec --format {{.Name}}",
                        "buildx_buildkit_rec-rec1_state\nbuildx_buildkit_rec-rec0_statement")
                .says(CONTAINERS, "buildx_buildkit_rec-rec0")
                .says("docker container rm --force buildx_buildkit_rec-rec0", "")
                .says(CONTAINERS, "")
                .says(VOLUMES, "")
                .says(CONTAINERS.replace("rec0", "rec1"), "")
                .says(VOLUMES.replace("rec0", "rec1"), "buildx_buildkit_rec-rec1_state")
                .says("docker volume rm --force buildx_buildkit_rec-rec1_state", "")
                .says(VOLUMES.replace("rec0", "rec1"), "");

        assertThat(scripted.builders().removeForgotten("Rec-Rec", false))
                .isEqualTo(new Removal.Removed(
                        "rec-rec",
                        List.of("container buildx_buildkit_rec-rec0", "volume buildx_buildkit_rec-rec1_state"),
                        true));
    }

    @Test
    void knowsWhenNothingIsLeft() throws Exception {
        scripted.runner
                .says("docker container ls --all --filter name=buildx_buildkit_rec-rec --format {{.Names}}", "")
                .says("docker volume ls --filter name=buildx_buildkit_rec-rec --format {{.Name}}", "");

        assertThat(scripted.builders().removeForgotten("rec-rec", false)).isEqualTo(new Removal.Unknown("rec-rec"));
    }

    @Test
    void doesNotTakeAnEngineThatIsSilentForOneWithNothing() throws Exception {
        scripted.runner.fails(
                "docker container ls --all --filter name=buildx_buildkit_rec-rec --format {{.Names}}",
                "Cannot connect to the Docker daemon");

        assertThat(scripted.builders().removeForgotten("rec-rec", false)).isInstanceOf(Removal.Failed.class);
    }
}
