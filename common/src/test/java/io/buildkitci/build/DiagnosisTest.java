package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.buildkitci.build.Diagnosis.Finding;
import io.buildkitci.build.Diagnosis.State;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.EngineProduct;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.words.KnownWords;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
    private static final String BUILDX = "/usr/libexec/docker/cli-plugins/docker-buildx";
    private static final String[] INSPECTED = {
        "Name:   default",
        "Driver: docker",
        "",
        "Nodes:",
        "Name:             default",
        "Endpoint:         default",
        "Status:           running",
        "BuildKit version: v0.25.1",
        "Platforms:        linux/amd64, linux/386, linux/arm64"
    };

    private final PlayedTools played = new PlayedTools();
    private final FakeProcessRunner runner = played.runner;
    private final InMemoryFiles files = played.files;

    @Test
    void everythingIsThere() throws InterruptedException {
        installBuildx();
        runner.on(BUILDX, "inspect").out(INSPECTED);
        files.with("/proc/sys/fs/binfmt_misc/status", "enabled\n")
                .with("/proc/sys/fs/binfmt_misc/register", "")
                .withExecutable("/usr/bin/qemu-aarch64")
                .with("/proc/sys/fs/binfmt_misc/qemu-aarch64", """
                        enabled
                        interpreter /usr/bin/qemu-aarch64
                        flags: POCF
                        offset 0
                        magic 7f454c460201010000000000000000000200b700
                        mask ffffffffffffff00fffffffffffffffffeffffff
                        """);

        Diagnosis diagnosis = diagnose(Optional.empty());

        assertThat(diagnosis.usable()).isTrue();
        assertThat(diagnosis.findings())
                .containsExactly(
                        new Finding("buildx", State.OK, "0.36.1 at " + BUILDX, ""),
                        new Finding(
                                "builder",
                                State.OK,
                                "'default', driver docker, running, BuildKit v0.25.1; native linux/amd64, linux/386;"
                                        + " emulated linux/arm64",
                                ""),
                        new Finding(
                                "engine", State.OK, "Docker 28.5.2 on Debian GNU/Linux 12, containerd image store", ""),
                        new Finding("emulators", State.OK, "arm64 (/usr/bin/qemu-aarch64)", ""));
    }

    @Test
    void anEmptyMachineLearnsWhatMendsIt() throws InterruptedException {
        played.engine = FakeDockerEngine.unreachable("no such file");

        Diagnosis diagnosis = diagnose(Optional.empty());

        assertThat(diagnosis.usable()).isFalse();
        assertThat(diagnosis.findings())
                .extracting(Finding::part)
                .containsExactly("buildx", "engine", "buildkit", "emulators");
        assertThat(diagnosis.findings())
                .extracting(Finding::state)
                .containsExactly(State.BROKEN, State.ABSENT, State.ABSENT, State.ABSENT);
        assertThat(diagnosis.findings())
                .allSatisfy(finding -> assertThat(finding.remedy()).isNotEmpty());
        assertThat(diagnosis.findings().get(0).text()).contains(BUILDX);
        assertThat(runner.commands()).isEmpty();
    }

    @Test
    void aClientThatDoesNotAnswerIsBroken() throws InterruptedException {
        files.withExecutable(BUILDX);
        runner.on(BUILDX, "version").err("exec format error").exit(126);
        runner.on(BUILDX, "inspect").exit(126);

        assertThat(diagnose(Optional.empty()).findings().get(0).state()).isEqualTo(State.BROKEN);
    }

    @Test
    void aBuilderThatIsNotThereIsBrokenAndCanBeMade() throws InterruptedException {
        installBuildx();
        runner.on(BUILDX, "inspect", "nope")
                .err("ERROR: no builder \"nope\" found")
                .exit(1);

        Finding builder = diagnose(Optional.of("nope")).findings().get(1);

        assertThat(builder.state()).isEqualTo(State.BROKEN);
        assertThat(builder.text()).isEqualTo("there is no builder 'nope'");
        assertThat(builder.remedy()).isEqualTo("buildkit-ci create-builder --name nope");
    }

    @Test
    void anEngineWithoutTheStoreIsNamedWithWhatItCannotDo() throws InterruptedException {
        installBuildx();
        runner.on(BUILDX, "inspect").out(INSPECTED);
        played.engine = new FakeDockerEngine(
                new DockerEngine.Info("24.0.9", "Alpine", "linux", "x86_64", false, true, EngineProduct.DOCKER));

        Diagnosis diagnosis = diagnose(Optional.empty());

        assertThat(diagnosis.usable()).isTrue();
        assertThat(diagnosis.findings().get(2).state()).isEqualTo(State.ABSENT);
        assertThat(diagnosis.findings().get(2).text()).contains("rootless", "one platform");
        assertThat(diagnosis.findings().get(2).remedy()).contains("doctor --enable-buildkit");
    }

    @ParameterizedTest
    @CsvSource({"20.10.24+dfsg1", "23.0.6"})
    void anEngineOfBeforeTheStoreIsNotToldToTurnItOn(String version) throws InterruptedException {
        played.engine = new FakeDockerEngine(
                new DockerEngine.Info(version, "Alpine", "linux", "x86_64", false, false, EngineProduct.COLIMA));

        assertThat(diagnose(Optional.empty()).findings().get(1).remedy())
                .isEqualTo("buildkit-ci create-builder; the containerd image store came with Docker 24");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PODMAN         | debian           | linux   | Podman 5 on debian: its socket has no BuildKit | driver docker-container",
                "DOCKER         | Windows Server   | windows | it runs windows containers                     | Linux containers",
                "DOCKER_DESKTOP | Docker Desktop   | linux   | Docker Desktop, Docker 5, without              | Settings, General",
                "COLIMA         | Ubuntu 24.04 LTS | linux   | Colima, Docker 5 on Ubuntu 24.04 LTS, without  | colima start --edit",
                "ORBSTACK       | OrbStack         | linux   | OrbStack, Docker 5, without                    | Settings, Docker",
                "LIMA           | Ubuntu           | linux   | Lima, Docker 5 on Ubuntu, without              | limactl shell",
            })
    void everyProductIsNamedWithItsOwnWay(EngineProduct product, String system, String type, String text, String remedy)
            throws InterruptedException {
        played.engine = new FakeDockerEngine(new DockerEngine.Info("5", system, type, "x86_64", false, false, product));

        Finding found = diagnose(Optional.empty()).findings().get(1);

        assertThat(found.part()).isEqualTo("engine");
        assertThat(found.state()).isEqualTo(State.ABSENT);
        assertThat(found.text()).contains(text);
        assertThat(found.remedy()).contains(remedy);
    }

    @Test
    void theSameForPeopleAndForPrograms() throws InterruptedException {
        played.engine = FakeDockerEngine.unreachable("no such file");

        Diagnosis diagnosis = diagnose(Optional.empty());

        assertThat(diagnosis.lines()).hasSize(8).first().asString().startsWith("buildx     broken  not found");
        assertThat(diagnosis.lines().get(1))
                .startsWith("                   -> buildkit-ci create-builder, which gets it, or install");
        assertThat(diagnosis.data()).containsOnlyKeys("usable", "buildx", "engine", "buildkit", "emulators");
        assertThat(diagnosis.data().get("engine"))
                .isEqualTo(Map.of(
                        "state",
                        "absent",
                        "text",
                        "does not answer: no such file",
                        "remedy",
                        "start Docker, build without it (buildkit-ci build-push --driver buildkitd), or use a builder of"
                                + " driver remote"));
    }

    /** Of a machine with nothing else. */
    private void installBuildkit() {
        files.withExecutable("/usr/bin/buildctl").withExecutable("/usr/bin/buildkitd");
    }

    @Test
    void aMachineWithBuildkitNeedsNoDocker() throws InterruptedException {
        played.engine = FakeDockerEngine.unreachable("no such file");
        installBuildkit();

        Diagnosis diagnosis = diagnose(Optional.empty());

        assertThat(diagnosis.usable()).isTrue();
        assertThat(diagnosis.findings())
                .extracting(Finding::part, Finding::state)
                .contains(tuple("buildx", State.ABSENT), tuple("engine", State.ABSENT), tuple("buildkit", State.OK));
    }

    @Test
    void anotherBuilderIsNoRemedyForOneThatIsAskedFor() throws InterruptedException {
        installBuildx();
        installBuildkit();
        runner.on(BUILDX, "inspect", "nope")
                .err("ERROR: no builder \"nope\" found")
                .exit(1);

        assertThat(diagnose(Optional.of("nope")).usable()).isFalse();
    }

    @Test
    void aDaemonThatTheEnvironmentNamesIsTried() throws InterruptedException {
        installBuildx();
        installBuildkit();
        runner.on(BUILDX, "inspect").out(INSPECTED);
        played.variables.put("BUILDKIT_HOST", "tcp://127.0.0.1:1234");

        assertThat(diagnose(Optional.empty()).findings())
                .filteredOn(finding -> finding.part().equals("buildkit"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.state()).isEqualTo(State.ABSENT);
                    assertThat(finding.text())
                            .isEqualTo("no buildkitd can be reached at tcp://127.0.0.1:1234: connection refused");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DOCKER_DESKTOP | OK     | built into Docker Desktop",
                "COLIMA         | ABSENT | not to be seen from here: Colima runs containers in a virtual machine",
                "DOCKER         | ABSENT | this kernel has none registered",
            })
    void emulatorsAreLookedForWhereContainersRun(EngineProduct product, State state, String text)
            throws InterruptedException {
        played.engine =
                new FakeDockerEngine(new DockerEngine.Info("28.5.1", "Any", "linux", "x86_64", true, false, product));

        Finding emulators = diagnose(Optional.empty()).findings().get(2);

        assertThat(emulators.part()).isEqualTo("emulators");
        assertThat(emulators.state()).isEqualTo(state);
        assertThat(emulators.text()).isEqualTo(text);
    }

    @Test
    void thoseOfAnotherMachineAreNotSeen() throws InterruptedException {
        played.variables.put("DOCKER_HOST", "ssh://me@far");

        Finding emulators = diagnose(Optional.empty()).findings().get(2);

        assertThat(emulators.text()).isEqualTo("not to be seen from here: containers run on another machine than this");
        assertThat(emulators.remedy()).startsWith("buildkit-ci setup-qemu");
    }

    @Test
    void windowsContainersOfADesktopAreSwitchedAndNotSetUp() throws InterruptedException {
        played.engine = new FakeDockerEngine(new DockerEngine.Info(
                "28", "Docker Desktop", "windows", "x86_64", false, false, EngineProduct.DOCKER_DESKTOP));

        assertThat(diagnose(Optional.empty()).findings().get(1).remedy()).startsWith("switch it to Linux containers");
    }

    private void installBuildx() {
        files.withExecutable(BUILDX);
        runner.on(BUILDX, "version").out("github.com/docker/buildx v0.36.1 0123456");
    }

    private Diagnosis diagnose(Optional<String> builder) throws InterruptedException {
        return played.probe().diagnose(builder, KnownWords.KNOWN);
    }
}
