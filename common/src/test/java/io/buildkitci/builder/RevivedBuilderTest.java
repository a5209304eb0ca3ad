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

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.ConfigFile;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Builders that somebody removed are made again as they were. */
class RevivedBuilderTest {
    private static final Path NOTES = Path.of("/home/p/.local/state/buildkit-ci/made");
    private static final Path INSTANCE = Path.of("/bx/instances/rec-rec");

    private final ScriptedBuilders scripted = new ScriptedBuilders();

    @AfterEach
    void everythingExpectedHappened() {
        scripted.assertEverythingExpectedHappenedAndNoPrivateDirectoryIsLeft();
    }

    /** Makes it with a buildx that remembers it, and plays that it is removed by somebody else. */
    private void madeAndRemoved(BuilderSpec spec, String call) throws Exception {
        made(spec, call);
        scripted.files.remove(INSTANCE);
    }

    private void made(BuilderSpec spec, String call) throws Exception {
        expectsMaking(spec, call);
        assertThat(scripted.notingBuilders().create(spec, LIMIT, SILENT)).isInstanceOf(Creation.Created.class);
    }

    private void expectsMaking(BuilderSpec spec, String call) {
        scripted.runner.fails("buildx inspect rec-rec", MISSING);
        if (spec.driver() == Driver.DOCKER_CONTAINER) {
            scripted.runner.says(CONTAINERS, "").says(VOLUMES, "");
        }
        scripted.runner
                .does(call, () -> scripted.isRemembered(spec.driver().render()))
                .says("buildx inspect --bootstrap rec-rec", RUNNING);
    }

    private Revived revive() throws InterruptedException {
        return scripted.notingBuilders().revive("rec-rec", Optional.empty(), LIMIT);
    }

    @Test
    void byTheVeryCallThatTheyWereMadeBy() throws Exception {
        NodeSpec node = new NodeSpec(
                Optional.of("first"),
                Optional.of("ctx"),
                List.of(new Platform("linux", "arm64", "")),
                List.of(new Setting("image", "a,b"), new Setting("network", "host")),
                List.of("--debug"));
        BuilderSpec spec = Specs.of(Driver.KUBERNETES, "rec-rec", node);
        String call = "buildx create --name rec-rec --driver kubernetes --node first --driver-opt \"image=a,b\""
                + " --driver-opt network=host --buildkitd-flags --debug --platform linux/arm64 ctx";
        madeAndRemoved(spec, call);

        expectsMaking(spec, call);
        assertThat(revive()).isEqualTo(new Revived.MadeAgain());
    }

    @Test
    void withTheConfigurationThatTheyHad() throws Exception {
        BuilderSpec spec = Specs.configured(CONTAINER, "debug = true\n");
        madeAndRemoved(spec, CREATE + " --buildkitd-config /run/buildkit-ci-1/buildkitd.toml");

        expectsMaking(spec, CREATE + " --buildkitd-config /run/buildkit-ci-2/buildkitd.toml");
        assertThat(revive()).isEqualTo(new Revived.MadeAgain());
        assertThat(scripted.files.writes())
                .filteredOn(write -> write.file().endsWith("buildkitd.toml"))
                .extracting(write -> write.content())
                .containsExactly("debug = true\n", "debug = true\n");
    }

    @Test
    void orWithTheFileThatTheyWereGiven() throws Exception {
        BuilderSpec spec = new BuilderSpec(
                CONTAINER.name(),
                CONTAINER.driver(),
                CONTAINER.nodes(),
                Optional.of(new ConfigFile("/etc/b.toml")),
                false,
                true);
        madeAndRemoved(spec, CREATE + " --buildkitd-config /etc/b.toml");

        expectsMaking(spec, CREATE + " --buildkitd-config /etc/b.toml");
        assertThat(revive()).isEqualTo(new Revived.MadeAgain());
    }

    @Test
    void oneThatIsRememberedIsLeftToBuildxAndItsContainerIsMissed() throws Exception {
        scripted.isRemembered("docker-container");
        scripted.runner.says(CONTAINERS, "").says(CONTAINERS, "buildx_buildkit_rec-rec0");

        assertThat(revive()).isEqualTo(new Revived.Remembered(List.of("buildx_buildkit_rec-rec0")));
        assertThat(revive()).isEqualTo(new Revived.Remembered(List.of()));
    }

    @Test
    void oneThatWeRemovedIsNotMadeAgain() throws Exception {
        made(CONTAINER, CREATE);
        scripted.runner.says("buildx rm rec-rec", "").says(CONTAINERS, "").says(VOLUMES, "");
        scripted.notingBuilders().remove("REC-rec", false, Optional.empty());
        scripted.files.remove(INSTANCE);

        assertThat(revive()).isEqualTo(new Revived.NotKnown(false));
        assertThat(scripted.files.list(NOTES)).isEmpty();
    }

    @Test
    void norIsOneThatAnotherHasTakenThePlaceOf() throws Exception {
        made(CONTAINER, CREATE);
        scripted.files.with(INSTANCE.toString(), "{\"Name\":\"rec-rec\",\"Driver\":\"remote\",\"Nodes\":[]}");
        Optional<String> seen = scripted.store().mark("rec-rec");
        scripted.files.remove(INSTANCE);

        assertThat(seen).isPresent();
        assertThat(scripted.notingBuilders().revive("rec-rec", seen, LIMIT)).isEqualTo(new Revived.NotKnown(false));
    }

    @Test
    void norOneOfTheSameNameSomewhereElse() throws Exception {
        madeAndRemoved(CONTAINER, CREATE);
        scripted.variables.put("DOCKER_HOST", "tcp://elsewhere:2376");

        assertThat(revive()).isEqualTo(new Revived.NotKnown(false));
    }

    @Test
    void whatMayBeSecretIsNotKeptAndTheBuilderIsKnownToBeOurs() throws Exception {
        madeAndRemoved(
                Specs.of(Driver.DOCKER_CONTAINER, "rec-rec", Specs.node(new Setting("env.HTTP_PROXY", "planted"))),
                CREATE + " --driver-opt env.HTTP_PROXY=planted");

        assertThat(kept()).contains("rec-rec").doesNotContain("planted", "PROXY");
        assertThat(revive()).isEqualTo(new Revived.NotKnown(true));
    }

    @Test
    void norIsAConfigurationWithAPassword() throws Exception {
        madeAndRemoved(
                Specs.configured(CONTAINER, "mirrors = [\"http://u:planted@m.example\"]\n"),
                CREATE + " --buildkitd-config /run/buildkit-ci-1/buildkitd.toml");

        assertThat(kept()).doesNotContain("planted");
        assertThat(revive()).isEqualTo(new Revived.NotKnown(true));
    }

    @Test
    void oneThatCannotBeMadeAgainSaysWhy() throws Exception {
        madeAndRemoved(CONTAINER, CREATE);
        scripted.runner.fails("buildx inspect rec-rec", MISSING).says(CONTAINERS, "buildx_buildkit_rec-rec0");

        assertThat(revive())
                .isInstanceOfSatisfying(
                        Revived.Failed.class,
                        failed -> assertThat(failed.failure().text()).contains("is there without a builder"));
    }

    @Test
    void aDamagedNoteIsNone() throws Exception {
        madeAndRemoved(CONTAINER, CREATE);
        String note = NOTES.resolve(scripted.files.list(NOTES).get(0)).toString();
        scripted.files.with(note, kept().replace("docker-container", "nonsense"));
        assertThat(revive()).isEqualTo(new Revived.NotKnown(true));
        scripted.files.with(note, "{");
        assertThat(revive()).isEqualTo(new Revived.NotKnown(false));
    }

    private String kept() {
        List<String> notes = scripted.files.list(NOTES);
        assertThat(notes).hasSize(1);
        return scripted.files.read(NOTES.resolve(notes.get(0))).orElseThrow();
    }
}
