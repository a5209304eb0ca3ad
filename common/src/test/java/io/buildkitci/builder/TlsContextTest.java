package io.buildkitci.builder;

import static io.buildkitci.builder.ScriptedBuilders.CONTAINER;
import static io.buildkitci.builder.ScriptedBuilders.CONTAINERS;
import static io.buildkitci.builder.ScriptedBuilders.CREATE;
import static io.buildkitci.builder.ScriptedBuilders.MISSING;
import static io.buildkitci.builder.ScriptedBuilders.RUNNING;
import static io.buildkitci.builder.ScriptedBuilders.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.Driver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Builders on an engine that DOCKER_HOST names and that wants the certificates of DOCKER_CERT_PATH. */
class TlsContextTest {
    private static final String CONTEXT = "buildkit-ci-tls-rec-rec";
    private static final String MAKES = "docker context create " + CONTEXT;
    private static final String REMOVES = "docker context rm --force " + CONTEXT;

    /** Where docker 28 puts a context of that name: under its SHA-256. */
    private static final String META = "/home/p/.docker/contexts/meta/"
            + "474bce331271f1c67a3ef0eb1fc5e532ea4a41ff31d75b67874df1d3fb97aab6/meta.json";

    private static final Map<String, String> TLS =
            Map.of("DOCKER_HOST", "tcp://engine:2376", "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", "/certs");

    private final ScriptedBuilders scripted = new ScriptedBuilders();

    @BeforeEach
    void theEngineWantsTls() {
        scripted.variables.putAll(TLS);
    }

    @AfterEach
    void everythingExpectedHappened() {
        scripted.assertEverythingExpectedHappenedAndNoPrivateDirectoryIsLeft();
    }

    private void contextIsThere() {
        scripted.files.with(META, "{}");
    }

    private void contextIsGone() {
        scripted.files.remove(Path.of(META));
    }

    private static String onContext(String docker) {
        return docker.replaceFirst("^docker ", "docker --context " + CONTEXT + " ");
    }

    private ScriptedProcessRunner createsAnew() {
        return scripted.runner
                .does(MAKES, this::contextIsThere)
                .fails("buildx inspect rec-rec", MISSING)
                .says(onContext(CONTAINERS), "")
                .says(onContext(VOLUMES), "")
                .does(CREATE + " " + CONTEXT, () -> scripted.isRemembered("docker-container", CONTEXT));
    }

    @Test
    void aBuilderGetsAContextOfItsOwn() throws Exception {
        createsAnew().says("buildx inspect --bootstrap rec-rec", RUNNING);

        assertThat(scripted.create(CONTAINER)).isInstanceOf(Creation.Created.class);
        assertThat(scripted.builders().exists("Rec-rec")).isTrue();
    }

    @Test
    void onlyNodesThatNameNoEndpointAreOnIt() throws Exception {
        scripted.runner
                .says("docker context create *", "")
                .says("buildx create --name * --driver docker-container tcp://other:1", "")
                .says("buildx create --name * --driver docker-container --append *", "")
                .says("buildx inspect --bootstrap *", RUNNING);

        scripted.create(Specs.of(Driver.DOCKER_CONTAINER, "", Specs.at("tcp://other:1"), Specs.node()));

        List<String> last = scripted.runner.ran().get(2).argv();
        assertThat(last.get(last.size() - 1)).matches("buildkit-ci-tls-buildkit-ci-[0-9a-f]{8}");
    }

    static Stream<Arguments> withoutNeed() {
        BuilderSpec plain = Specs.of(Driver.DOCKER_CONTAINER, "", Specs.node());
        return Stream.of(
                arguments(plain, Map.of("DOCKER_TLS_VERIFY", "")),
                arguments(plain, Map.of("DOCKER_HOST", "", "DOCKER_CONTEXT", "work")),
                arguments(Specs.of(Driver.DOCKER_CONTAINER, "", Specs.at("work")), Map.of()),
                arguments(Specs.of(Driver.REMOTE, "", Specs.at("tcp://b:1")), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("withoutNeed")
    void noContextIsMadeThatBuildxDoesNotNeed(BuilderSpec spec, Map<String, String> variables) throws Exception {
        scripted.variables.putAll(variables);
        String endpoint = spec.nodes().get(0).endpoint().map(e -> " " + e).orElse("");
        scripted.runner
                .says("buildx create --name * --driver " + spec.driver().render() + endpoint, "")
                .says("buildx inspect --bootstrap *", RUNNING);

        assertThat(scripted.create(spec)).isInstanceOf(Creation.Created.class);
    }

    @Test
    void oneThatIsLeftFromBeforeIsMadeAnew() throws Exception {
        contextIsThere();
        scripted.runner.does(REMOVES, this::contextIsGone);
        createsAnew().says("buildx inspect --bootstrap rec-rec", RUNNING);

        assertThat(scripted.create(CONTAINER)).isInstanceOf(Creation.Created.class);
    }

    @Test
    void saysWhyItCannotBeMade() throws Exception {
        scripted.runner.fails(
                MAKES, "unable to resolve docker endpoint: open /certs/ca.pem: no such file or directory");

        assertThat(scripted.create(CONTAINER)).isInstanceOfSatisfying(Creation.Failed.class, failed -> {
            assertThat(failed.failure().reason()).isEqualTo(Reason.NO_ENGINE);
            assertThat(failed.failure().advice()).contains("DOCKER_CERT_PATH");
            assertThat(failed.failure().evidence()).singleElement().asString().contains("/certs/ca.pem");
            assertThat(failed.left()).isEmpty();
        });
    }

    @Test
    void goesWithABuilderThatDoesNotStart() throws Exception {
        createsAnew()
                .fails("buildx inspect --bootstrap rec-rec", "ERROR: it does not start")
                .says("buildx rm rec-rec", "")
                .says(onContext(CONTAINERS), "")
                .says(onContext(VOLUMES), "")
                .does(REMOVES, this::contextIsGone);

        assertThat(scripted.create(CONTAINER))
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.left()).isEmpty());
    }

    @Test
    void goesWhenBuildxTakesNoBuilder() throws Exception {
        scripted.runner
                .does(MAKES, this::contextIsThere)
                .fails("buildx inspect rec-rec", "ERROR: broken")
                .fails(REMOVES, "permission denied");

        assertThat(scripted.create(CONTAINER))
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.left()).containsExactly("context " + CONTEXT));
    }

    @Test
    void goesWhenTheCreationIsInterrupted() {
        scripted.runner
                .does(MAKES, this::contextIsThere)
                .isInterrupted("buildx inspect rec-rec")
                .does(REMOVES, this::contextIsGone);

        assertThatThrownBy(() -> scripted.create(CONTAINER)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void staysWithABuilderThatIsThereAndDiffers() throws Exception {
        scripted.isRemembered("docker-container", CONTEXT);
        scripted.runner
                .does(MAKES, this::contextIsThere)
                .says("buildx inspect rec-rec", RUNNING)
                .says(CREATE + " " + CONTEXT, "")
                .says("buildx inspect rec-rec", RUNNING.replace("network=\"host\"", "network=\"bridge\""));

        assertThat(scripted.create(CONTAINER)).isInstanceOf(Creation.Refused.class);
    }

    @Test
    void isRemovedAfterItsBuilder() throws Exception {
        contextIsThere();
        scripted.isRemembered("docker-container", CONTEXT);
        scripted.runner
                .says("buildx rm rec-rec", "")
                .says(onContext(CONTAINERS), "")
                .says(onContext(VOLUMES), "")
                .does(REMOVES, this::contextIsGone);

        assertThat(scripted.builders().remove("rec-rec", false, Optional.empty()))
                .isEqualTo(new Removal.Removed("rec-rec", List.of(), true));
    }

    @Test
    void isKeptAndNamedWhenItsBuilderIsNotRemoved() throws Exception {
        contextIsThere();
        scripted.isRemembered("docker-container", CONTEXT);
        scripted.runner
                .fails("buildx rm rec-rec", "ERROR: failed to remove one or more builders")
                .fails(onContext(CONTAINERS), "Cannot connect")
                .fails(onContext(VOLUMES), "Cannot connect");

        assertThat(scripted.builders().remove("rec-rec", false, Optional.empty()))
                .isInstanceOfSatisfying(
                        Removal.Failed.class,
                        failed -> assertThat(failed.left()).hasSize(3).contains("context " + CONTEXT));
    }

    @Test
    void isRemovedThoughItsBuilderNeverCameToBe() throws Exception {
        contextIsThere();
        boolean before = scripted.builders().exists("rec-rec");
        scripted.runner.fails("buildx inspect rec-rec", MISSING).does(REMOVES, this::contextIsGone);

        assertThat(scripted.builders().remove("rec-rec", false, Optional.empty()))
                .isEqualTo(new Removal.Unknown("rec-rec"));
        assertThat(before).isTrue();
        assertThat(scripted.builders().exists("rec-rec")).isFalse();
    }
}
