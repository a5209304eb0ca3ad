package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.build.Diagnosis.Finding;
import io.buildkitci.build.Diagnosis.State;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.EngineProduct;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.model.Platform;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.InMemoryWorkspaces;
import io.buildkitci.words.KnownWords;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
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

    private final FakeProcessRunner runner = new FakeProcessRunner();
    private final InMemoryFiles files = new InMemoryFiles();
    private DockerEngine engine = FakeDockerEngine.onLinux();

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
        engine = FakeDockerEngine.unreachable("no such file");

        Diagnosis diagnosis = diagnose(Optional.empty());

        assertThat(diagnosis.usable()).isFalse();
        assertThat(diagnosis.findings()).extracting(Finding::part).containsExactly("buildx", "engine", "emulators");
        assertThat(diagnosis.findings())
                .extracting(Finding::state)
                .containsExactly(State.BROKEN, State.ABSENT, State.ABSENT);
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
        engine = new FakeDockerEngine(
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
        engine = new FakeDockerEngine(
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
        engine = new FakeDockerEngine(new DockerEngine.Info("5", system, type, "x86_64", false, false, product));

        Finding found = diagnose(Optional.empty()).findings().get(1);

        assertThat(found.part()).isEqualTo("engine");
        assertThat(found.state()).isEqualTo(State.ABSENT);
        assertThat(found.text()).contains(text);
        assertThat(found.remedy()).contains(remedy);
    }

    @Test
    void theSameForPeopleAndForPrograms() throws InterruptedException {
        engine = FakeDockerEngine.unreachable("no such file");

        Diagnosis diagnosis = diagnose(Optional.empty());

        assertThat(diagnosis.lines()).hasSize(6).first().asString().startsWith("buildx     broken  not found");
        assertThat(diagnosis.lines().get(1))
                .startsWith("                   -> buildkit-ci create-builder, which gets it, or install");
        assertThat(diagnosis.data()).containsOnlyKeys("usable", "buildx", "engine", "emulators");
        assertThat(diagnosis.data().get("engine"))
                .isEqualTo(Map.of(
                        "state",
                        "absent",
                        "text",
                        "does not answer: no such file",
                        "remedy",
                        "start Docker, or use a builder of driver remote"));
    }

    private void installBuildx() {
        files.withExecutable(BUILDX);
        runner.on(BUILDX, "version").out("github.com/docker/buildx v0.36.1 0123456");
    }

    private Diagnosis diagnose(Optional<String> builder) throws InterruptedException {
        Tools tools = new Tools(
                new Platform("linux", "amd64", ""),
                runner,
                files,
                new InMemoryWorkspaces(files),
                engine,
                new NobodyListens(),
                InstantSource.fixed(Instant.EPOCH));
        ClientEnvironment environment =
                ClientEnvironment.from(Map.of("PATH", "/usr/bin"), Path.of("/home/p"), ClientEnvironment.Os.LINUX);
        return new CapabilityProbe(tools, environment, Optional.empty()).diagnose(builder, KnownWords.KNOWN);
    }
}
