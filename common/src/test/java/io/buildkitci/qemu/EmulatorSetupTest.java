package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.qemu.Readiness.Emulated;
import io.buildkitci.qemu.Readiness.Missing;
import io.buildkitci.qemu.Readiness.Native;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is registered with the kernel, proved there, and taken back. */
class EmulatorSetupTest {
    @AutoClose
    private final PlayedSetup played = new PlayedSetup();

    @Test
    void registersWhatIsMissingAndProvesIt() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64", "/usr/bin/qemu-arm", "/usr/bin/qemu-arm-static");

        QemuReport report = played.setUp("linux/amd64", "linux/386", "linux/arm64", "linux/arm/v7", "linux/arm/v6");

        assertThat(report.platforms())
                .containsExactly(
                        PlayedSetup.line("linux/amd64", new Native()),
                        PlayedSetup.line("linux/386", new Native()),
                        PlayedSetup.line("linux/arm64", new Emulated("/usr/bin/qemu-aarch64", true, Optional.empty())),
                        PlayedSetup.line(
                                "linux/arm/v7", new Emulated("/usr/bin/qemu-arm-static", true, Optional.empty())),
                        PlayedSetup.line(
                                "linux/arm/v6", new Emulated("/usr/bin/qemu-arm-static", true, Optional.empty())));
        assertThat(report.failed()).isFalse();
        assertThat(report.changes())
                .containsExactly(
                        "registered qemu-aarch64 (/usr/bin/qemu-aarch64)",
                        "registered qemu-arm (/usr/bin/qemu-arm-static)");
    }

    @Test
    void changesNothingAndAsksNobodyTheSecondTime() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64");
        played.setUp("linux/arm64");

        played.engine = FakeDockerEngine.onLinux();
        QemuReport again = played.setUp("linux/arm64", "linux/amd64");

        assertThat(again.changes()).isEmpty();
        assertThat(again.platforms())
                .containsExactly(
                        PlayedSetup.line("linux/arm64", new Emulated("/usr/bin/qemu-aarch64", false, Optional.empty())),
                        PlayedSetup.line("linux/amd64", new Native()));
        assertThat(played.engine.runs()).isEmpty();
    }

    @Test
    void mountsBinfmtMiscWhenItIsNot() throws Exception {
        played.machine.kernel.unmount();
        played.machine.withStatic("/usr/bin/qemu-aarch64");

        QemuReport report = played.setUp("linux/arm64");

        assertThat(report.failed()).isFalse();
        assertThat(report.changes())
                .containsExactly("mounted binfmt_misc", "registered qemu-aarch64 (/usr/bin/qemu-aarch64)");
    }

    @Test
    void replacesAnEntryThatDoesNotWorkInContainers() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64");
        played.register(Emulator.ARM64, "OC");

        QemuReport report = played.setUp("linux/arm64");

        assertThat(report.platforms())
                .containsExactly(
                        PlayedSetup.line("linux/arm64", new Emulated("/usr/bin/qemu-aarch64", true, Optional.empty())));
        assertThat(report.notes()).singleElement().asString().contains("no flag F");
    }

    @Test
    void resetRemovesOnlyWhatWasAskedForAndRegistersItAnew() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64", "/usr/bin/qemu-arm");
        played.register(Emulator.ARM64, "OCF");
        played.register(Emulator.ARM, "OCF");

        QemuReport report =
                played.setUp(new QemuRequest(PlayedSetup.platforms("linux/arm64"), true, false, PlayedSetup.IMAGE));

        assertThat(report.changes())
                .containsExactly("removed qemu-aarch64", "registered qemu-aarch64 (/usr/bin/qemu-aarch64)");
        assertThat(KernelEmulators.read(played.machine.files))
                .containsEntry("arm64", "/usr/bin/qemu-aarch64")
                .containsEntry("arm", "/old/qemu-arm")
                .hasSize(2);
    }

    @Test
    void resetSeesEntriesOfAKernelThatWasNotMounted() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64");
        played.register(Emulator.ARM64, "OCF");
        played.machine.kernel.unmount();

        QemuReport report =
                played.setUp(new QemuRequest(PlayedSetup.platforms("linux/arm64"), true, false, PlayedSetup.IMAGE));

        assertThat(report.changes())
                .containsExactly(
                        "mounted binfmt_misc",
                        "removed qemu-aarch64",
                        "registered qemu-aarch64 (/usr/bin/qemu-aarch64)");
        assertThat(report.notes()).isEmpty();
    }

    @Test
    void takesBackADynamicInterpreterBecauseItDoesNotWorkInContainers() throws Exception {
        played.machine.withDynamic("/usr/bin/qemu-aarch64").withStatic("/usr/bin/apt-get");

        QemuReport report = played.setUp("linux/arm64");

        assertThat(report.failed()).isTrue();
        assertThat(report.platforms().get(0).readiness()).isInstanceOfSatisfying(Missing.class, missing -> {
            assertThat(missing.cause()).isEqualTo(Cause.DOES_NOT_RUN);
            assertThat(missing.why()).contains("/usr/bin/qemu-aarch64").contains("static");
            assertThat(missing.remedies())
                    .containsExactly(
                            "apt-get install qemu-user-static",
                            "docker run --privileged --rm " + PlayedSetup.IMAGE + " --install arm64");
        });
        assertThat(KernelEmulators.read(played.machine.files)).isEmpty();
    }

    @Test
    void takesBackAnEmulatorThatLosesTheNameOfPrograms() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64").losesArgv = true;

        QemuReport report = played.setUp("linux/arm64");

        assertThat(report.failed()).isTrue();
        assertThat(String.join("\n", report.lines())).contains("flag P");
        assertThat(KernelEmulators.read(played.machine.files)).isEmpty();
    }

    @Test
    void doesNotClaimAProofWhereNoProgramCanBeRun() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64").noexec = true;

        QemuReport report = played.setUp("linux/arm64", "linux/386");

        assertThat(report.failed()).isFalse();
        assertThat(report.platforms())
                .containsExactly(
                        PlayedSetup.line(
                                "linux/arm64",
                                new Emulated("/usr/bin/qemu-aarch64", true, Optional.of("Permission denied"))),
                        PlayedSetup.line("linux/386", new Native()));
    }

    @Test
    void saysThatTheKernelMayNotBeWrittenWhenNoEngineHelps() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64").kernel.makeReadOnly();

        QemuReport report = played.setUp("linux/arm64");

        assertThat(report.platforms())
                .containsExactly(PlayedSetup.line(
                        "linux/arm64",
                        new Missing(
                                Cause.NOT_PERMITTED,
                                "qemu-aarch64 was not registered: /proc/sys is read-only here, as in unprivileged"
                                        + " containers",
                                List.of("docker run --privileged --rm " + PlayedSetup.IMAGE + " --install arm64"))));
    }

    @Test
    void seesTheHostsEmulatorsFromInsideAContainer() throws Exception {
        played.machine.running(Emulator.ARM64).kernel.unmount();
        played.machine.kernel.dropRoot();

        QemuReport report = played.setUp("linux/arm64");

        assertThat(report.platforms())
                .containsExactly(PlayedSetup.line(
                        "linux/arm64",
                        new Emulated("an emulator that cannot be seen from here", false, Optional.empty())));
    }

    @Test
    void leavesASwitchedOffKernelAlone() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64").kernel.switchOff();
        played.engine = FakeDockerEngine.onLinux();

        QemuReport report = played.setUp("linux/arm64");

        assertThat(report.platforms().get(0).readiness()).isInstanceOfSatisfying(Missing.class, missing -> {
            assertThat(missing.cause()).isEqualTo(Cause.SWITCHED_OFF);
            assertThat(missing.remedies()).containsExactly("echo 1 > /proc/sys/fs/binfmt_misc/status");
        });
        assertThat(played.engine.runs()).isEmpty();
    }

    @Test
    void triesEveryKnownPlatformWhenNoneIsNamed() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64", "/usr/bin/qemu-riscv64");

        QemuReport report = played.setUp();

        assertThat(report.platforms()).hasSize(11);
        assertThat(KernelEmulators.read(played.machine.files)).containsOnlyKeys("arm64", "riscv64");
        assertThat(report.missing()).hasSize(7);
        assertThat(report.failed()).as("one emulated platform is enough").isFalse();
    }

    @Test
    void rendersTheReportForPeopleAndForPrograms() throws Exception {
        played.machine.withStatic("/usr/bin/qemu-aarch64");

        QemuReport report = played.setUp("linux/amd64", "linux/arm64", "windows/amd64");

        assertThat(report.lines())
                .startsWith(
                        "linux/amd64    native",
                        "linux/arm64    emulated by /usr/bin/qemu-aarch64, registered now",
                        "windows/amd64  missing: there is no emulator for windows/amd64");
        assertThat(report.data().keySet()).containsExactly("failed", "platforms", "changes", "notes");
        assertThat(report.data()).containsEntry("failed", true);
        assertThat(report.data().get("platforms"))
                .hasToString("[{platform=linux/amd64, state=native}, {platform=linux/arm64, state=emulated,"
                        + " interpreter=/usr/bin/qemu-aarch64, registered=true}, {platform=windows/amd64,"
                        + " state=missing, cause=NOT_EMULATABLE, why=there is no emulator for windows/amd64,"
                        + " remedies=[]}]");
    }

    @Test
    void letsAnInterruptThroughAndRemovesThePrivateDirectory() {
        played.machine.processes.when(command -> true).run((command, output) -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> played.setUp("linux/386")).isInstanceOf(InterruptedException.class);
        assertThat(played.machine.files.list(FakeMachine.RUNTIME)).isEmpty();
    }
}
