package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineBuilderTest {
    private final ScriptedBuilders scripted = new ScriptedBuilders();

    @AfterEach
    void everythingExpectedHappened() {
        scripted.assertEverythingExpectedHappenedAndNoPrivateDirectoryIsLeft();
    }

    @Test
    void takesTheEngineForTheDockerDriverAndCreatesNothing() throws Exception {
        scripted.runner.says("buildx inspect default", Fixtures.read("docker-buildx-0.36.1"));

        Creation creation = scripted.create(Specs.of(Driver.DOCKER, "", Specs.withFlags("--debug")));

        assertThat(creation)
                .isInstanceOfSatisfying(
                        Creation.Reused.class,
                        reused -> assertThat(reused.builder().builder().containerdStore())
                                .contains(true));
    }

    @Test
    void saysAllThatAnEngineCannotDo() throws Exception {
        BuilderSpec spec = Specs.configured(
                Specs.of(Driver.DOCKER, "mine", Specs.at("default"), Specs.node(new Setting("network", "host"))),
                "debug = true");

        assertThat(scripted.create(spec))
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        refused -> assertThat(refused.differences())
                                .hasSize(4)
                                .anySatisfy(d -> assertThat(d).startsWith("nodes: "))
                                .anySatisfy(d -> assertThat(d).startsWith("driver-opts: "))
                                .anySatisfy(d -> assertThat(d).startsWith("buildkitd-config: "))
                                .anySatisfy(d -> assertThat(d).isEqualTo("name: has default, asked for mine")));
    }

    @Test
    void refusesPlatformsThatTheEngineDoesNotOffer() throws Exception {
        scripted.runner.says("buildx inspect default", Fixtures.read("docker-buildx-0.36.1"));
        BuilderSpec.NodeSpec node = new BuilderSpec.NodeSpec(
                Optional.empty(),
                Optional.empty(),
                List.of(Platform.parse("amd64"), Platform.parse("riscv64")),
                List.of(),
                List.of());

        assertThat(scripted.create(Specs.of(Driver.DOCKER, "", node)))
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        refused -> assertThat(refused.differences())
                                .containsExactly("platforms: the engine does not offer linux/riscv64"));
    }

    @Test
    void saysThatTheEngineDoesNotAnswer() throws Exception {
        scripted.runner.says("buildx inspect default", Fixtures.read("docker-no-engine-buildx-0.36.1"));

        assertThat(scripted.create(Specs.of(Driver.DOCKER, "", Specs.node())))
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.failure().reason()).isEqualTo(Reason.NO_ENGINE));
    }
}
