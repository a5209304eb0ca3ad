package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import io.buildkitci.process.LineListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Builders of a real engine and a real buildkitd, made and removed with every buildx that the testbed has. */
@ParameterizedClass
@MethodSource("io.buildkitci.builder.BuilderTestbed#buildxes")
class BuilderIT {
    private static final LineListener SILENT = (stream, line) -> {};
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String TOML = "[registry.\"localhost:5555\"]\n  http = true # a comment\n";

    private final String name = "it-builder-" + UUID.randomUUID().toString().substring(0, 8);

    @Parameter
    private String buildx = "";

    @TempDir
    private Path folder = Path.of("");

    private BuilderTestbed testbed;
    private Builders builders;

    BuilderIT() {}

    @BeforeEach
    void connect() throws Exception {
        testbed = new BuilderTestbed(folder, buildx);
        builders = testbed.builders();
    }

    @AfterEach
    void removesEverything() throws Exception {
        builders.remove(name, false, Optional.empty());
        testbed.docker("container", "rm", "--force", "buildx_buildkit_" + name + "0");
        testbed.docker("volume", "rm", "--force", "buildx_buildkit_" + name + "0_state");
        assertThat(testbed.traces(name)).isEmpty();
        assertThat(testbed.isTidy()).isTrue();
    }

    private static NodeSpec node(Setting... more) throws Exception {
        List<Setting> options = new ArrayList<>(List.of(more));
        options.add(new Setting("image", BuilderTestbed.PARTS.buildkitImage()));
        return new NodeSpec(
                Optional.empty(), Optional.empty(), List.of(Platform.parse("amd64")), options, List.of("--debug"));
    }

    private BuilderSpec container(Setting... more) throws Exception {
        return Specs.configured(Specs.of(Driver.DOCKER_CONTAINER, name, node(more)), TOML);
    }

    private Creation create(BuilderSpec spec) throws InterruptedException {
        return builders.create(spec, LIMIT, SILENT);
    }

    private static final Setting HOST = new Setting("network", "host");

    @Test
    void createsReusesAndRemovesAContainer() throws Exception {
        Creation first = create(container(HOST, new Setting("env.NO_PROXY", "a,b")));
        Creation second = create(container(HOST, new Setting("env.NO_PROXY", "a,b")));
        boolean neverSelected = testbed.store().selected().isEmpty();
        Removal removal = builders.remove(name, false, Optional.empty());

        assertThat(first).isInstanceOfSatisfying(Creation.Created.class, created -> {
            assertThat(created.builder().status()).isEqualTo("running");
            assertThat(created.builder().buildkit()).isPresent();
            assertThat(created.builder().platforms()).isNotEmpty();
            assertThat(created.builder().nodesJson())
                    .contains("\"" + name + "0\"")
                    .doesNotContain("a,b");
        });
        assertThat(second).isInstanceOf(Creation.Reused.class);
        assertThat(neverSelected).isTrue();
        assertThat(removal).isEqualTo(new Removal.Removed(name, List.of(), true));
        assertThat(testbed.traces(name)).isEmpty();
        assertThat(builders.remove(name, false, Optional.empty())).isEqualTo(new Removal.Unknown(name));
    }

    @Test
    void refusesEveryOtherDefinitionAndLeavesTheBuilderRunning() throws Exception {
        create(container(HOST));

        Creation other = create(container(new Setting("network", "bridge"), new Setting("memory", "512m")));
        Creation config = create(Specs.configured(container(HOST), "[worker.oci]\n  max-parallelism = 2\n"));
        Creation driver = create(Specs.of(Driver.REMOTE, name, Specs.at(BuilderTestbed.PARTS.buildkitAddress())));

        assertThat(other)
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        r -> assertThat(r.differences())
                                .containsExactly(
                                        "driver-opts memory: has none, asked for 512m",
                                        "driver-opts network: has host, asked for bridge"));
        assertThat(config)
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        r -> assertThat(r.differences())
                                .containsExactly("buildkitd-config: its content is another one"));
        assertThat(driver)
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        r -> assertThat(r.differences())
                                .containsExactly("driver: has docker-container, asked for remote"));
        assertThat(testbed.probe().inspect(Optional.of(name)))
                .isInstanceOfSatisfying(
                        BuilderProbe.Known.class,
                        known -> assertThat(known.builder().running()).isTrue());
    }

    @Test
    void takesABuilderThatAnotherBuildxMade() throws Exception {
        create(container(HOST));

        for (String other : BuilderTestbed.buildxes().toList()) {
            assertThat(testbed.with(other).builders().create(container(HOST), LIMIT, SILENT))
                    .isInstanceOf(Creation.Reused.class);
        }
    }

    @Test
    void startsABuilderThatWasStopped() throws Exception {
        create(container(HOST));
        testbed.docker("container", "stop", "--time", "1", "buildx_buildkit_" + name + "0");

        assertThat(create(container(HOST)))
                .isInstanceOfSatisfying(
                        Creation.Reused.class,
                        reused -> assertThat(reused.builder().status()).isEqualTo("running"));
    }

    @Test
    void leavesNothingOfABuilderThatCannotStart() throws Exception {
        Creation creation = create(
                Specs.of(Driver.DOCKER_CONTAINER, name, Specs.node(new Setting("image", "localhost:1/no/such:image"))));

        assertThat(creation).isInstanceOfSatisfying(Creation.Failed.class, failed -> {
            assertThat(failed.failure().reason()).isEqualTo(Reason.NOT_BOOTED);
            assertThat(failed.failure().text()).contains("localhost:1/no/such:image");
            assertThat(failed.left()).isEmpty();
        });
        assertThat(testbed.traces(name)).isEmpty();
    }

    @Test
    void leavesNothingWhenItIsInterruptedWhileItStarts() throws Exception {
        NodeSpec neverUp = new NodeSpec(
                Optional.empty(), Optional.empty(), List.of(), node(HOST).driverOpts(), List.of("--nonsense"));
        CountDownLatch booting = new CountDownLatch(1);
        AtomicReference<Object> end = new AtomicReference<>("nothing");
        Thread thread = new Thread(() -> {
            try {
                end.set(builders.create(Specs.of(Driver.DOCKER_CONTAINER, name, neverUp), LIMIT, (s, line) -> {
                    if (line.contains("creating container")) {
                        booting.countDown();
                    }
                }));
            } catch (InterruptedException e) {
                end.set(e);
            }
        });
        thread.start();
        booting.await();
        thread.interrupt();
        thread.join();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(testbed.traces(name)).isEmpty();
    }

    @Test
    void keepsStateWhenAskedAndTakesItUpAgain() throws Exception {
        create(container(HOST));
        String volume = "buildx_buildkit_" + name + "0_state";
        builders.remove(name, true, Optional.empty());
        boolean kept = testbed.traces(name).equals(List.of("volume " + volume));

        create(container(HOST));
        builders.remove(name, false, Optional.empty());

        assertThat(kept).isTrue();
        assertThat(testbed.traces(name)).isEmpty();
    }

    @Test
    void refusesToTakeOverAContainerOfAnotherConfiguration(@TempDir Path another) throws Exception {
        BuilderTestbed other = new BuilderTestbed(another, buildx);
        other.builders().create(container(HOST), LIMIT, SILENT);

        assertThat(create(container(HOST))).isInstanceOf(Creation.Refused.class);
        assertThat(other.builders().remove(name, false, Optional.empty())).isInstanceOf(Removal.Removed.class);
    }

    @Test
    void connectsToRemoteNodes() throws Exception {
        String address = BuilderTestbed.PARTS.buildkitAddress();
        Path alias = folder.resolve("alias.sock");
        Files.createSymbolicLink(alias, Path.of(address.replace("unix://", "")));
        BuilderSpec spec = Specs.of(Driver.REMOTE, name, Specs.at(address), Specs.at("unix://" + alias));

        Creation first = create(spec);
        Creation second = create(spec);

        assertThat(first)
                .isInstanceOfSatisfying(
                        Creation.Created.class,
                        created -> assertThat(created.builder().builder().nodes())
                                .hasSize(2)
                                .allSatisfy(n -> assertThat(n.status()).isEqualTo("running")));
        assertThat(second).isInstanceOf(Creation.Reused.class);
        assertThat(testbed.store().driverOf(Optional.of(name))).contains(Driver.REMOTE);
        assertThat(create(Specs.of(Driver.REMOTE, name, Specs.at("tcp://127.0.0.1:1"))))
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.failure().reason()).isEqualTo(Reason.UNREACHABLE));
    }

    @Test
    void becomesTheCurrentBuilderAndGivesItBack() throws Exception {
        BuilderSpec spec = Specs.of(Driver.REMOTE, name, Specs.at(BuilderTestbed.PARTS.buildkitAddress()));

        Creation creation = create(Specs.used(spec));

        assertThat(creation)
                .isInstanceOfSatisfying(
                        Creation.Created.class,
                        created -> assertThat(created.previous()).contains("default"));
        assertThat(testbed.store().current()).contains(name);
        assertThat(testbed.probe().inspect(Optional.empty()))
                .isInstanceOfSatisfying(
                        BuilderProbe.Known.class,
                        known -> assertThat(known.builder().name()).isEqualTo(name));
        assertThat(builders.remove(name, false, Optional.of("default"))).isInstanceOf(Removal.Removed.class);
        assertThat(testbed.store().current()).contains("default");
    }

    @Test
    void takesTheEngineItselfForTheDockerDriver() throws Exception {
        Creation creation = create(Specs.of(Driver.DOCKER, "", Specs.node()));

        assertThat(creation).isInstanceOfSatisfying(Creation.Reused.class, reused -> {
            assertThat(reused.builder().driver()).isEqualTo("docker");
            assertThat(reused.builder().builder().containerdStore())
                    .contains(Boolean.valueOf(BuilderTestbed.PARTS.value("docker.containerd")));
        });
        assertThat(builders.remove("default", false, Optional.empty())).isInstanceOf(Removal.Refused.class);
    }
}
