package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.DockerEngine.Info;
import io.buildkitci.docker.DockerEngine.Ran;
import io.buildkitci.docker.EngineProduct;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.qemu.Readiness.Emulated;
import io.buildkitci.qemu.Readiness.Missing;
import io.buildkitci.qemu.Readiness.Native;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Which engines are asked for help, and which are left alone. */
class EmulatorsByEngineTest {
    @AutoClose
    private final PlayedSetup played = new PlayedSetup();

    @Test
    void leavesToTheEngineWhatItMayNotReset() throws Exception {
        played.register(Emulator.ARM64, "OCF");
        played.machine.kernel.dropRoot();
        played.engine = FakeDockerEngine.onLinux()
                .withImage(PlayedSetup.IMAGE, arguments -> PlayedSetup.ran("linux/amd64", "linux/arm64"));

        played.setUp(new QemuRequest(PlayedSetup.platforms("linux/arm64"), true, false, PlayedSetup.IMAGE));

        assertThat(played.engine.runs())
                .containsExactly(List.of(PlayedSetup.IMAGE, "--uninstall", "qemu-aarch64", "--install", "arm64"));
    }

    @Test
    void runsTheBinfmtImageWhereNoInterpreterIs() throws Exception {
        played.engine = FakeDockerEngine.onLinux().withImage(PlayedSetup.IMAGE, arguments -> {
            try {
                played.register(Emulator.ARM64, "CF");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return PlayedSetup.ran("linux/amd64", "linux/arm64");
        });

        QemuReport report = played.setUp("linux/amd64", "linux/arm64", "linux/riscv64");

        assertThat(played.engine.runs()).containsExactly(List.of(PlayedSetup.IMAGE, "--install", "arm64,riscv64"));
        assertThat(report.platforms().subList(0, 2))
                .containsExactly(
                        PlayedSetup.line("linux/amd64", new Native()),
                        PlayedSetup.line("linux/arm64", new Emulated("/old/qemu-aarch64", true, Optional.empty())));
        assertThat(report.missing()).containsExactly(Platform.parse("linux/riscv64"));
    }

    @Test
    void asksTheEngineWhereTheKernelMayNotBeWritten() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64").kernel.dropRoot();
        played.engine = FakeDockerEngine.onLinux()
                .withImage(PlayedSetup.IMAGE, arguments -> PlayedSetup.ran("linux/amd64", "linux/arm64"));

        QemuReport report = played.setUp("linux/arm64");

        assertThat(report.platforms()).containsExactly(PlayedSetup.line("linux/arm64", PlayedSetup.BY_IMAGE));
        assertThat(report.changes()).containsExactly("ran " + PlayedSetup.IMAGE);
    }

    @Test
    void leavesDockerDesktopAlone() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64").kernel.dropRoot();
        played.engine = new FakeDockerEngine(
                new Info("28.5.1", "Docker Desktop", "linux", "x86_64", true, false, EngineProduct.DOCKER_DESKTOP));

        QemuReport report = played.setUp("linux/arm64", "linux/386");

        assertThat(report.changes()).isEmpty();
        assertThat(played.engine.runs()).isEmpty();
        assertThat(KernelEmulators.read(played.machine.files)).isEmpty();
        assertThat(report.platforms())
                .containsExactly(
                        PlayedSetup.line(
                                "linux/arm64",
                                new Emulated("Docker Desktop", false, Optional.of("it runs on the engine's machine"))),
                        PlayedSetup.line("linux/386", new Native()));
    }

    @Test
    void leavesDockerDesktopAloneOnOtherSystems() throws Exception {
        played.engine = new FakeDockerEngine(
                new Info("28.5.1", "Docker Desktop", "linux", "aarch64", true, false, EngineProduct.DOCKER_DESKTOP));
        EmulatorSetup onMac = played.machine.setup(played.engine, HostPlatform.from("Mac OS X", "aarch64"));

        QemuReport report = onMac.setUp(PlayedSetup.request("linux/arm64", "linux/amd64", "linux/loong64"));

        assertThat(played.engine.runs()).isEmpty();
        assertThat(report.platforms())
                .containsExactly(
                        PlayedSetup.line("linux/arm64", new Native()),
                        PlayedSetup.line(
                                "linux/amd64",
                                new Emulated("Docker Desktop", false, Optional.of("it runs on the engine's machine"))),
                        PlayedSetup.line(
                                "linux/loong64",
                                new Missing(Cause.ENGINE, "Docker Desktop does not emulate it", List.of())));
    }

    @Test
    void setsUpTheMachineOfAnEngineThatIsElsewhere() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64");
        played.engine = new FakeDockerEngine(
                        new Info("28", "Ubuntu", "linux", "x86_64", true, false, EngineProduct.COLIMA))
                .withImage(PlayedSetup.IMAGE, arguments -> PlayedSetup.ran("linux/amd64", "linux/arm64"));

        QemuReport report = played.machine
                .setup(played.engine, PlayedSetup.HOST)
                .forAnEngineElsewhere(true)
                .setUp(PlayedSetup.request("linux/amd64", "linux/arm64"));

        assertThat(played.engine.runs()).containsExactly(List.of(PlayedSetup.IMAGE, "--install", "arm64"));
        assertThat(report.platforms())
                .containsExactly(
                        PlayedSetup.line("linux/amd64", new Native()),
                        PlayedSetup.line("linux/arm64", PlayedSetup.BY_IMAGE));
        assertThat(KernelEmulators.read(played.machine.files)).isEmpty();
    }

    @Test
    void asksNothingOfARootlessEngine() throws Exception {
        played.machine.kernel.dropRoot();
        played.engine =
                new FakeDockerEngine(new Info("28", "Ubuntu", "linux", "x86_64", false, true, EngineProduct.DOCKER));

        QemuReport report = played.setUp("linux/arm64");

        assertThat(played.engine.runs()).isEmpty();
        assertThat(report.lines()).anyMatch(l -> l.contains("the engine is rootless, so its containers cannot change"));
    }

    @Test
    void registersWithoutAskingTheEngine() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64");
        DockerEngine busy = new DockerEngine() {
            @Override
            public Answer info() {
                throw new AssertionError("it costs a tenth of a second");
            }

            @Override
            public Ran runPrivileged(String image, List<String> arguments) {
                throw new AssertionError(image);
            }
        };

        assertThat(played.machine
                        .setup(busy, PlayedSetup.HOST)
                        .setUp(PlayedSetup.request("linux/arm64"))
                        .failed())
                .isFalse();
    }

    @Test
    void goesThroughTheEngineOnOtherSystems() throws Exception {
        played.engine = new FakeDockerEngine(
                        new Info("28", "Alpine Linux", "linux", "aarch64", true, false, EngineProduct.DOCKER))
                .withImage(PlayedSetup.IMAGE, arguments -> PlayedSetup.ran("linux/arm64", "linux/amd64"));
        EmulatorSetup onMac = played.machine.setup(played.engine, HostPlatform.from("Mac OS X", "aarch64"));

        QemuReport report = onMac.setUp(new QemuRequest(
                PlayedSetup.platforms("linux/arm64", "linux/amd64", "linux/s390x"), true, false, PlayedSetup.IMAGE));

        assertThat(played.engine.runs())
                .containsExactly(List.of(
                        PlayedSetup.IMAGE, "--uninstall", "qemu-x86_64,qemu-s390x", "--install", "amd64,s390x"));
        assertThat(report.platforms().subList(0, 2))
                .containsExactly(
                        PlayedSetup.line("linux/arm64", new Native()),
                        PlayedSetup.line("linux/amd64", PlayedSetup.BY_IMAGE));
        assertThat(report.missing()).containsExactly(Platform.parse("linux/s390x"));
        assertThat(played.machine.processes.commands()).isEmpty();
    }

    @Test
    void saysWhyTheEngineCouldNotHelp() throws Exception {
        played.engine = FakeDockerEngine.onLinux();

        QemuReport report = played.setUp("linux/arm64");

        assertThat(report.notes())
                .containsExactly(
                        "the engine could not run " + PlayedSetup.IMAGE + ": " + PlayedSetup.IMAGE + ": not found");
        assertThat(report.missing()).containsExactly(Platform.parse("linux/arm64"));
    }
}
