package io.buildkitci.builder;

import static io.buildkitci.builder.ScriptedBuilders.CONTAINER;
import static io.buildkitci.builder.ScriptedBuilders.CONTAINERS;
import static io.buildkitci.builder.ScriptedBuilders.CREATE;
import static io.buildkitci.builder.ScriptedBuilders.INACTIVE;
import static io.buildkitci.builder.ScriptedBuilders.LIMIT;
import static io.buildkitci.builder.ScriptedBuilders.MISSING;
import static io.buildkitci.builder.ScriptedBuilders.RUNNING;
import static io.buildkitci.builder.ScriptedBuilders.VOLUMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.Reachability.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateBuilderTest {
    private final ScriptedBuilders scripted = new ScriptedBuilders();

    @AfterEach
    void everythingExpectedHappened() {
        scripted.assertEverythingExpectedHappenedAndNoPrivateDirectoryIsLeft();
    }

    @Test
    void createsAndStartsABuilderThatIsNotThere() throws Exception {
        scripted.createsAnew().says("buildx inspect --bootstrap rec-rec", RUNNING, "#1 booting buildkit");
        List<String> progress = new ArrayList<>();

        Creation creation = scripted.builders().create(CONTAINER, LIMIT, (stream, line) -> progress.add(line));

        assertThat(creation).isInstanceOfSatisfying(Creation.Created.class, created -> {
            assertThat(created.builder().name()).isEqualTo("rec-rec");
            assertThat(created.builder().buildkit()).contains("v0.32.2");
            assertThat(created.builder().emulatedPlatforms())
                    .extracting(Platform::render)
                    .containsExactly("linux/arm64");
            assertThat(created.previous()).isEmpty();
        });
        assertThat(progress).containsExactly("#1 booting buildkit");
        assertThat(scripted.runner.ran())
                .allSatisfy(c -> assertThat(c.timeout()).isPresent());
    }

    @Test
    void makesANameUpAndDoesNotLookForIt() throws Exception {
        scripted.runner
                .says("buildx create --name * --driver docker-container", "")
                .says("buildx inspect --bootstrap *", RUNNING);

        assertThat(scripted.create(Specs.of(Driver.DOCKER_CONTAINER, "", Specs.node())))
                .isInstanceOf(Creation.Created.class);
        assertThat(scripted.runner.ran().get(0).argv().get(3)).matches("buildkit-ci-[0-9a-f]{8}");
    }

    @Test
    void makesANameUpBeforeAnythingIsMade() throws Exception {
        BuilderSpec unnamed = Specs.of(Driver.DOCKER_CONTAINER, "", Specs.node());
        String name = Builders.nameFor(unnamed);
        scripted.runner
                .says("buildx create --name " + name + " --driver docker-container", "")
                .says("buildx inspect --bootstrap " + name, RUNNING);

        assertThat(scripted.builders().create(unnamed, name, LIMIT, ScriptedBuilders.SILENT))
                .isInstanceOf(Creation.Created.class);
        assertThat(name).isNotEqualTo(Builders.nameFor(unnamed));
    }

    @Test
    void aNameThatIsAskedForIsTheName() {
        BuilderSpec named = Specs.of(Driver.DOCKER_CONTAINER, "Rec-Rec", Specs.node());

        assertThat(Builders.nameFor(named)).isEqualTo("rec-rec");
        assertThatThrownBy(() -> scripted.builders().create(named, "other", LIMIT, ScriptedBuilders.SILENT))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void becomesTheCurrentBuilderOnlyWhenItRuns() throws Exception {
        scripted.createsAnew()
                .says("buildx inspect --bootstrap rec-rec", RUNNING)
                .says("buildx use rec-rec", "");

        assertThat(scripted.create(Specs.used(CONTAINER)))
                .isInstanceOfSatisfying(
                        Creation.Created.class,
                        created -> assertThat(created.previous()).contains("default"));
    }

    @Test
    void takesABuilderThatBuildxWouldMakeTheSameWay() throws Exception {
        scripted.runner
                .says("buildx inspect rec-rec", Fixtures.read("container-running-buildx-0.29.1"))
                .says(CREATE + " --buildkitd-config /run/buildkit-ci-1/buildkitd.toml", "")
                .says("buildx inspect rec-rec", INACTIVE);

        Creation creation = scripted.create(Specs.configured(CONTAINER, "debug = true\n"));

        assertThat(creation).isInstanceOf(Creation.Reused.class);
        assertThat(scripted.files.writes())
                .containsExactly(
                        new InMemoryFiles.Write(Path.of("/run/buildkit-ci-1/buildkitd.toml"), "debug = true\n"));
        assertThat(scripted.runner.ran())
                .extracting(c -> c.environment().get("BUILDX_CONFIG"))
                .containsExactly("/bx", "/run/buildkit-ci-1/asked", "/run/buildkit-ci-1/asked");
    }

    @Test
    void startsABuilderThatItTakesWhenItIsDown() throws Exception {
        scripted.runner
                .says("buildx inspect rec-rec", INACTIVE)
                .says(CREATE, "")
                .says("buildx inspect rec-rec", INACTIVE)
                .says("buildx inspect --bootstrap rec-rec", RUNNING);

        assertThat(scripted.create(CONTAINER))
                .isInstanceOfSatisfying(
                        Creation.Reused.class,
                        reused -> assertThat(reused.builder().status()).isEqualTo("running"));
    }

    @Test
    void refusesABuilderThatDiffersAndLeavesItAsItIs() throws Exception {
        scripted.runner
                .says("buildx inspect rec-rec", RUNNING)
                .says(CREATE + " --driver-opt network=bridge", "")
                .says("buildx inspect rec-rec", INACTIVE.replace("network=\"host\"", "network=\"bridge\""));

        Creation creation = scripted.create(
                Specs.of(Driver.DOCKER_CONTAINER, "rec-rec", Specs.node(new Setting("network", "bridge"))));

        assertThat(creation).isInstanceOfSatisfying(Creation.Refused.class, refused -> {
            assertThat(refused.differences()).containsExactly("driver-opts network: has host, asked for bridge");
            assertThat(refused.advice()).endsWith(": buildkit-ci remove-builder --name rec-rec");
        });
    }

    @Test
    void refusesToTakeOverAContainerThatNoBuilderOwns() throws Exception {
        scripted.runner
                .fails("buildx inspect rec-rec", MISSING)
                .says(CONTAINERS, "buildx_buildkit_rec-rec01\nbuildx_buildkit_rec-rec0");

        assertThat(scripted.create(CONTAINER))
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        refused -> assertThat(refused.differences())
                                .singleElement()
                                .asString()
                                .contains("container buildx_buildkit_rec-rec0"));
    }

    @Test
    void removesABuilderThatDoesNotStart() throws Exception {
        scripted.isRemembered("docker-container");
        scripted.createsAnew()
                .fails("buildx inspect --bootstrap rec-rec", Fixtures.read("boot-bad-flags-stderr-buildx-0.36.1"))
                .says("buildx rm rec-rec", "")
                .says(CONTAINERS, "buildx_buildkit_rec-rec0")
                .says("docker container rm --force buildx_buildkit_rec-rec0", "")
                .says(CONTAINERS, "")
                .says(VOLUMES, "");

        assertThat(scripted.create(CONTAINER)).isInstanceOfSatisfying(Creation.Failed.class, failed -> {
            assertThat(failed.failure().reason()).isEqualTo(Reason.NOT_BOOTED);
            assertThat(failed.failure().text()).endsWith("; buildkitd said: flag provided but not defined: -nonsense");
            assertThat(failed.failure().evidence())
                    .hasSizeLessThanOrEqualTo(20)
                    .allSatisfy(l -> assertThat(l).hasSizeLessThan(410).doesNotContain("\u0000", "\uFFFD"));
            assertThat(failed.left()).isEmpty();
        });
    }

    @Test
    void keepsStateThatWasThereBeforeABuilderThatDoesNotStart() throws Exception {
        scripted.isRemembered("docker-container");
        scripted.runner
                .fails("buildx inspect rec-rec", MISSING)
                .says(CONTAINERS, "")
                .says(VOLUMES, "buildx_buildkit_rec-rec0_state")
                .says(CREATE, "rec-rec")
                .fails("buildx inspect --bootstrap rec-rec", Fixtures.read("boot-no-image-stderr-buildx-0.36.1"))
                .says("buildx rm --keep-state rec-rec", "")
                .says(CONTAINERS, "");

        assertThat(scripted.create(CONTAINER)).isInstanceOf(Creation.Failed.class);
    }

    @Test
    void seesThatABuilderDoesNotRunThoughBuildxSucceeds() throws Exception {
        scripted.isRemembered("docker-container");
        scripted.createsAnew()
                .says("buildx inspect --bootstrap rec-rec", Fixtures.read("container-no-engine-buildx-0.36.1"))
                .fails("buildx rm rec-rec", "ERROR: failed to remove one or more builders")
                .fails(CONTAINERS, "Cannot connect")
                .fails(VOLUMES, "Cannot connect");

        assertThat(scripted.create(CONTAINER)).isInstanceOfSatisfying(Creation.Failed.class, failed -> {
            assertThat(failed.failure().reason()).isEqualTo(Reason.NO_ENGINE);
            assertThat(failed.left())
                    .containsExactly("container buildx_buildkit_rec-rec0", "volume buildx_buildkit_rec-rec0_state");
        });
    }

    @Test
    void leavesABuilderThatSomebodyElseMadeMeanwhile() throws Exception {
        scripted.runner
                .fails("buildx inspect rec-rec", MISSING)
                .says(CONTAINERS, "")
                .says(VOLUMES, "")
                .fails(CREATE, "ERROR: existing instance for \"rec-rec\" but no append mode");

        assertThat(scripted.create(CONTAINER))
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.failure().reason()).isEqualTo(Reason.NOT_ACCEPTED));
    }

    @Test
    void removesTheFirstNodeWhenTheSecondIsNotTaken() throws Exception {
        scripted.isRemembered("remote");
        scripted.runner
                .fails("buildx inspect rec-rec", MISSING)
                .says("buildx create --name rec-rec --driver remote tcp://a:1", "")
                .fails(
                        "buildx create --name rec-rec --driver remote --append tcp://a:1",
                        "ERROR: invalid duplicate endpoint tcp://a:1")
                .says("buildx rm rec-rec", "");

        Creation creation =
                scripted.create(Specs.of(Driver.REMOTE, "rec-rec", Specs.at("tcp://a:1"), Specs.at("tcp://a:1")));

        assertThat(creation)
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.failure().text()).endsWith("invalid duplicate endpoint tcp://a:1"));
    }

    @Test
    void removesABuilderWhenItIsInterruptedWhileItStarts() throws Exception {
        scripted.isRemembered("docker-container");
        scripted.createsAnew()
                .isInterrupted("buildx inspect --bootstrap rec-rec")
                .says("buildx rm rec-rec", "")
                .says(CONTAINERS, "")
                .says(VOLUMES, "");

        assertThatThrownBy(() -> scripted.create(CONTAINER)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void runsNothingWhenNobodyListensAtARemoteEndpoint() throws Exception {
        scripted.network.answer = Optional.of(Refusal.nobody("Connection refused"));

        assertThat(scripted.create(Specs.of(Driver.REMOTE, "rec-rec", Specs.at("tcp://127.0.0.1:1"))))
                .isInstanceOfSatisfying(Creation.Failed.class, failed -> {
                    assertThat(failed.failure().reason()).isEqualTo(Reason.UNREACHABLE);
                    assertThat(failed.failure().text())
                            .isEqualTo("no buildkitd can be reached at tcp://127.0.0.1:1: Connection refused");
                });
        assertThat(scripted.runner.ran()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 | false | the container bk does not run | UNREACHABLE
            1 | Error response from daemon: No such container: bk | there is no container bk | UNREACHABLE
            1 | Cannot connect to the Docker daemon at unix:///s. | Cannot connect to the Docker daemon at unix:///s. | NO_ENGINE
            """)
    void makesNothingWhereTheContainerOfADaemonDoesNotRun(int exit, String said, String why, Reason reason)
            throws Exception {
        String asked = "docker container inspect --format {{.State.Running}} bk";
        if (exit == 0) {
            scripted.runner.says(asked, said);
        } else {
            scripted.runner.fails(asked, said);
        }

        assertThat(scripted.create(Specs.of(Driver.REMOTE, "rec-rec", Specs.at("docker-container://bk"))))
                .isInstanceOfSatisfying(Creation.Failed.class, failed -> {
                    assertThat(failed.failure().reason()).isEqualTo(reason);
                    assertThat(failed.failure().text())
                            .isEqualTo("no buildkitd can be reached at docker-container://bk: " + why);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            255 | ssh: connect to host far port 2222: Connection refused | ssh: connect to host far port 2222: Connection refused
            255 | me@far: Permission denied (publickey).                 | me@far: Permission denied (publickey).
            255 | Host key verification failed.                          | Host key verification failed.
            127 | bash: line 1: buildctl: command not found              | there is no program buildctl on far
            1   | error: dial unix /s: connect: no such file             | on far, error: dial unix /s: connect: no such file
            """)
    void makesNothingWhereSshReachesNoDaemon(int exit, String err, String why) throws Exception {
        scripted.runner.exits(
                "ssh -o BatchMode=yes -o ConnectTimeout=3 -T -l me -p 2222 -- far buildctl --addr unix:///s dial-stdio",
                exit,
                "Warning: Permanently added 'far' to the list of known hosts.\n" + err);

        assertThat(scripted.create(Specs.of(Driver.REMOTE, "rec-rec", Specs.at("ssh://me@far:2222/s"))))
                .isInstanceOfSatisfying(Creation.Failed.class, failed -> {
                    assertThat(failed.failure().reason()).isEqualTo(Reason.UNREACHABLE);
                    assertThat(failed.failure().text())
                            .isEqualTo("no buildkitd can be reached at ssh://me@far:2222/s: " + why);
                });
    }

    @ParameterizedTest
    @CsvSource({"255, Connection closed by somebody", "1, the far side says Connection refused", "0, ''"})
    void leavesItToBuildxWhereSshReachesSomebody(int exit, String err) throws Exception {
        scripted.runner
                .exits("ssh -o BatchMode=yes -o ConnectTimeout=3 -T -- far buildctl dial-stdio", exit, err)
                .fails("buildx inspect rec-rec", MISSING)
                .fails("buildx create --name rec-rec --driver remote ssh://far", "ERROR: as buildx says");

        assertThat(scripted.create(Specs.of(Driver.REMOTE, "rec-rec", Specs.at("ssh://far"))))
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.failure().text()).endsWith("as buildx says"));
    }

    @Test
    void saysThatItHasNoPlaceForItsFiles() throws Exception {
        scripted.workspaces = () -> {
            throw new IOException("no space left on device");
        };

        assertThat(scripted.create(CONTAINER))
                .isInstanceOfSatisfying(
                        Creation.Failed.class,
                        failed -> assertThat(failed.failure().reason()).isEqualTo(Reason.NO_DIRECTORY));
    }
}
