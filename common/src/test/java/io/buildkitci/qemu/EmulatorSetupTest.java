package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.DockerEngine.Info;
import io.buildkitci.docker.DockerEngine.Ran;
import io.buildkitci.docker.EngineProduct;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.qemu.QemuReport.Line;
import io.buildkitci.qemu.Readiness.Emulated;
import io.buildkitci.qemu.Readiness.Missing;
import io.buildkitci.qemu.Readiness.Native;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmulatorSetupTest {
    private static final String IMAGE = "docker.io/tonistiigi/binfmt:latest";
    private static final Platform HOST = new Platform("linux", "amd64", "");
    private static final Emulated BY_IMAGE = new Emulated(IMAGE, true, Optional.of("it runs on the engine's machine"));

    private final FakeMachine machine = new FakeMachine().running(Emulator.AMD64, Emulator.I386);
    private FakeDockerEngine engine = FakeDockerEngine.unreachable("no engine here");

    @AfterEach
    void leavesNoPrivateDirectoryAndWritesToTheKernelAlone() {
        assertThat(machine.files.list(FakeMachine.RUNTIME)).isEmpty();
        assertThat(machine.files.writes())
                .allMatch(write -> write.file().startsWith(FakeMachine.RUNTIME)
                        || write.file().startsWith(KernelState.ROOT));
    }

    private QemuReport setUp(QemuRequest request) throws Exception {
        return machine.setup(engine, HOST).setUp(request);
    }

    private QemuReport setUp(String... platforms) throws Exception {
        return setUp(request(platforms));
    }

    private static QemuRequest request(String... platforms) throws Exception {
        return new QemuRequest(platforms(platforms), false, false, IMAGE);
    }

    private static List<Platform> platforms(String... names) throws Exception {
        List<Platform> platforms = new ArrayList<>();
        for (String name : names) {
            platforms.add(Platform.parse(name));
        }
        return platforms;
    }

    private static Line line(String platform, Readiness readiness) throws Exception {
        return new Line(Platform.parse(platform), readiness);
    }

    private void register(Emulator emulator, String flags) throws Exception {
        String path = "/old/" + emulator.entry();
        machine.withStatic(path);
        String line = new Registration(emulator, Path.of(path)).render().replaceFirst("POCF$", flags);
        machine.files.write(KernelState.ROOT.resolve("register"), line.getBytes(StandardCharsets.US_ASCII));
    }

    /** What the binfmt image prints at its end. */
    private static Ran ran(String... supported) {
        String list = String.join("\", \"", supported);
        return new Ran(
                Optional.of(0),
                "Unable to find image locally\ninstalling: arm64 OK\n{\n  \"supported\": [\"" + list
                        + "\"],\n  \"emulators\": [\"qemu-aarch64\"]\n}\n");
    }

    @Test
    void registersWhatIsMissingAndProvesIt() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64", "/usr/bin/qemu-arm", "/usr/bin/qemu-arm-static");

        QemuReport report = setUp("linux/amd64", "linux/386", "linux/arm64", "linux/arm/v7", "linux/arm/v6");

        assertThat(report.platforms())
                .containsExactly(
                        line("linux/amd64", new Native()),
                        line("linux/386", new Native()),
                        line("linux/arm64", new Emulated("/usr/bin/qemu-aarch64", true, Optional.empty())),
                        line("linux/arm/v7", new Emulated("/usr/bin/qemu-arm-static", true, Optional.empty())),
                        line("linux/arm/v6", new Emulated("/usr/bin/qemu-arm-static", true, Optional.empty())));
        assertThat(report.failed()).isFalse();
        assertThat(report.changes())
                .containsExactly(
                        "registered qemu-aarch64 (/usr/bin/qemu-aarch64)",
                        "registered qemu-arm (/usr/bin/qemu-arm-static)");
    }

    @Test
    void changesNothingAndAsksNobodyTheSecondTime() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64");
        setUp("linux/arm64");

        engine = FakeDockerEngine.onLinux();
        QemuReport again = setUp("linux/arm64", "linux/amd64");

        assertThat(again.changes()).isEmpty();
        assertThat(again.platforms())
                .containsExactly(
                        line("linux/arm64", new Emulated("/usr/bin/qemu-aarch64", false, Optional.empty())),
                        line("linux/amd64", new Native()));
        assertThat(engine.runs()).isEmpty();
    }

    @Test
    void mountsBinfmtMiscWhenItIsNot() throws Exception {
        machine.kernel.unmount();
        machine.withStatic("/usr/bin/qemu-aarch64");

        QemuReport report = setUp("linux/arm64");

        assertThat(report.failed()).isFalse();
        assertThat(report.changes())
                .containsExactly("mounted binfmt_misc", "registered qemu-aarch64 (/usr/bin/qemu-aarch64)");
    }

    @Test
    void replacesAnEntryThatDoesNotWorkInContainers() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64");
        register(Emulator.ARM64, "OC");

        QemuReport report = setUp("linux/arm64");

        assertThat(report.platforms())
                .containsExactly(line("linux/arm64", new Emulated("/usr/bin/qemu-aarch64", true, Optional.empty())));
        assertThat(report.notes()).singleElement().asString().contains("no flag F");
    }

    @Test
    void resetRemovesOnlyWhatWasAskedForAndRegistersItAnew() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64", "/usr/bin/qemu-arm");
        register(Emulator.ARM64, "OCF");
        register(Emulator.ARM, "OCF");

        QemuReport report = setUp(new QemuRequest(platforms("linux/arm64"), true, false, IMAGE));

        assertThat(report.changes())
                .containsExactly("removed qemu-aarch64", "registered qemu-aarch64 (/usr/bin/qemu-aarch64)");
        assertThat(KernelEmulators.read(machine.files))
                .containsEntry("arm64", "/usr/bin/qemu-aarch64")
                .containsEntry("arm", "/old/qemu-arm")
                .hasSize(2);
    }

    @Test
    void resetSeesEntriesOfAKernelThatWasNotMounted() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64");
        register(Emulator.ARM64, "OCF");
        machine.kernel.unmount();

        QemuReport report = setUp(new QemuRequest(platforms("linux/arm64"), true, false, IMAGE));

        assertThat(report.changes())
                .containsExactly(
                        "mounted binfmt_misc",
                        "removed qemu-aarch64",
                        "registered qemu-aarch64 (/usr/bin/qemu-aarch64)");
        assertThat(report.notes()).isEmpty();
    }

    @Test
    void leavesToTheEngineWhatItMayNotReset() throws Exception {
        register(Emulator.ARM64, "OCF");
        machine.kernel.dropRoot();
        engine = FakeDockerEngine.onLinux().withImage(IMAGE, arguments -> ran("linux/amd64", "linux/arm64"));

        setUp(new QemuRequest(platforms("linux/arm64"), true, false, IMAGE));

        assertThat(engine.runs()).containsExactly(List.of(IMAGE, "--uninstall", "qemu-aarch64", "--install", "arm64"));
    }

    @Test
    void takesBackADynamicInterpreterBecauseItDoesNotWorkInContainers() throws Exception {
        machine.withDynamic("/usr/bin/qemu-aarch64").withStatic("/usr/bin/apt-get");

        QemuReport report = setUp("linux/arm64");

        assertThat(report.failed()).isTrue();
        assertThat(report.platforms().get(0).readiness()).isInstanceOfSatisfying(Missing.class, missing -> {
            assertThat(missing.cause()).isEqualTo(Cause.DOES_NOT_RUN);
            assertThat(missing.why()).contains("/usr/bin/qemu-aarch64").contains("static");
            assertThat(missing.remedies())
                    .containsExactly(
                            "apt-get install qemu-user-static",
                            "docker run --privileged --rm " + IMAGE + " --install arm64");
        });
        assertThat(KernelEmulators.read(machine.files)).isEmpty();
    }

    @Test
    void takesBackAnEmulatorThatLosesTheNameOfPrograms() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64").losesArgv = true;

        QemuReport report = setUp("linux/arm64");

        assertThat(report.failed()).isTrue();
        assertThat(String.join("\n", report.lines())).contains("flag P");
        assertThat(KernelEmulators.read(machine.files)).isEmpty();
    }

    @Test
    void doesNotClaimAProofWhereNoProgramCanBeRun() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64").noexec = true;

        QemuReport report = setUp("linux/arm64", "linux/386");

        assertThat(report.failed()).isFalse();
        assertThat(report.platforms())
                .containsExactly(
                        line(
                                "linux/arm64",
                                new Emulated("/usr/bin/qemu-aarch64", true, Optional.of("Permission denied"))),
                        line("linux/386", new Native()));
    }

    @Test
    void installsThePackageOnlyWhenItMay() throws Exception {
        machine.withStatic("/usr/bin/apt-get")
                .withProgram(
                        "install --yes --no-install-recommends qemu-user",
                        () -> machine.withStatic("/usr/bin/qemu-aarch64"));

        assertThat(setUp("linux/arm64").failed()).isTrue();
        QemuReport allowed = setUp(new QemuRequest(platforms("linux/arm64"), false, true, IMAGE));

        assertThat(allowed.failed()).isFalse();
        assertThat(allowed.changes()).hasSize(2).last().asString().startsWith("registered qemu-aarch64");
    }

    @Test
    void triesEachWayToInstallAndSaysHowTheyFailed() throws Exception {
        machine.withStatic("/usr/bin/apt-get");

        QemuReport report = setUp(new QemuRequest(platforms("linux/arm64"), false, true, IMAGE));

        assertThat(report.failed()).isTrue();
        assertThat(report.notes())
                .filteredOn(note -> note.startsWith("apt-get"))
                .hasSize(4)
                .allSatisfy(note -> assertThat(note).endsWith("failed: E: it does not work here"));
        assertThat(report.notes()).last().isEqualTo("no engine answers: no engine here");
    }

    @Test
    void doesNotInstallPackagesForAPersonWhoIsNotRoot() throws Exception {
        machine.withStatic("/usr/bin/apt-get").kernel.dropRoot();

        QemuReport report = setUp(new QemuRequest(platforms("linux/arm64"), false, true, IMAGE));

        assertThat(report.notes()).contains("no package was installed: only root may do that");
        assertThat(machine.processes.commands())
                .noneMatch(command -> command.argv().contains("install"));
    }

    @Test
    void runsTheBinfmtImageWhereNoInterpreterIs() throws Exception {
        engine = FakeDockerEngine.onLinux().withImage(IMAGE, arguments -> {
            try {
                register(Emulator.ARM64, "CF");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return ran("linux/amd64", "linux/arm64");
        });

        QemuReport report = setUp("linux/amd64", "linux/arm64", "linux/riscv64");

        assertThat(engine.runs()).containsExactly(List.of(IMAGE, "--install", "arm64,riscv64"));
        assertThat(report.platforms().subList(0, 2))
                .containsExactly(
                        line("linux/amd64", new Native()),
                        line("linux/arm64", new Emulated("/old/qemu-aarch64", true, Optional.empty())));
        assertThat(report.missing()).containsExactly(Platform.parse("linux/riscv64"));
    }

    @Test
    void asksTheEngineWhereTheKernelMayNotBeWritten() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64").kernel.dropRoot();
        engine = FakeDockerEngine.onLinux().withImage(IMAGE, arguments -> ran("linux/amd64", "linux/arm64"));

        QemuReport report = setUp("linux/arm64");

        assertThat(report.platforms()).containsExactly(line("linux/arm64", BY_IMAGE));
        assertThat(report.changes()).containsExactly("ran " + IMAGE);
    }

    @Test
    void saysThatTheKernelMayNotBeWrittenWhenNoEngineHelps() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64").kernel.makeReadOnly();

        QemuReport report = setUp("linux/arm64");

        assertThat(report.platforms())
                .containsExactly(line(
                        "linux/arm64",
                        new Missing(
                                Cause.NOT_PERMITTED,
                                "qemu-aarch64 was not registered: /proc/sys is read-only here, as in unprivileged"
                                        + " containers",
                                List.of("docker run --privileged --rm " + IMAGE + " --install arm64"))));
    }

    @Test
    void seesTheHostsEmulatorsFromInsideAContainer() throws Exception {
        machine.running(Emulator.ARM64).kernel.unmount();
        machine.kernel.dropRoot();

        QemuReport report = setUp("linux/arm64");

        assertThat(report.platforms())
                .containsExactly(line(
                        "linux/arm64",
                        new Emulated("an emulator that cannot be seen from here", false, Optional.empty())));
    }

    @Test
    void leavesASwitchedOffKernelAlone() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64").kernel.switchOff();
        engine = FakeDockerEngine.onLinux();

        QemuReport report = setUp("linux/arm64");

        assertThat(report.platforms().get(0).readiness()).isInstanceOfSatisfying(Missing.class, missing -> {
            assertThat(missing.cause()).isEqualTo(Cause.SWITCHED_OFF);
            assertThat(missing.remedies()).containsExactly("echo 1 > /proc/sys/fs/binfmt_misc/status");
        });
        assertThat(engine.runs()).isEmpty();
    }

    @Test
    void leavesDockerDesktopAlone() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64").kernel.dropRoot();
        engine = new FakeDockerEngine(
                new Info("28.5.1", "Docker Desktop", "linux", "x86_64", true, false, EngineProduct.DOCKER_DESKTOP));

        QemuReport report = setUp("linux/arm64", "linux/386");

        assertThat(report.changes()).isEmpty();
        assertThat(engine.runs()).isEmpty();
        assertThat(KernelEmulators.read(machine.files)).isEmpty();
        assertThat(report.platforms())
                .containsExactly(
                        line(
                                "linux/arm64",
                                new Emulated("Docker Desktop", false, Optional.of("it runs on the engine's machine"))),
                        line("linux/386", new Native()));
    }

    @Test
    void leavesDockerDesktopAloneOnOtherSystems() throws Exception {
        engine = new FakeDockerEngine(
                new Info("28.5.1", "Docker Desktop", "linux", "aarch64", true, false, EngineProduct.DOCKER_DESKTOP));
        EmulatorSetup onMac = machine.setup(engine, HostPlatform.from("Mac OS X", "aarch64"));

        QemuReport report = onMac.setUp(request("linux/arm64", "linux/amd64", "linux/loong64"));

        assertThat(engine.runs()).isEmpty();
        assertThat(report.platforms())
                .containsExactly(
                        line("linux/arm64", new Native()),
                        line(
                                "linux/amd64",
                                new Emulated("Docker Desktop", false, Optional.of("it runs on the engine's machine"))),
                        line(
                                "linux/loong64",
                                new Missing(Cause.ENGINE, "Docker Desktop does not emulate it", List.of())));
    }

    @Test
    void setsUpTheMachineOfAnEngineThatIsElsewhere() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64");
        engine = new FakeDockerEngine(new Info("28", "Ubuntu", "linux", "x86_64", true, false, EngineProduct.COLIMA))
                .withImage(IMAGE, arguments -> ran("linux/amd64", "linux/arm64"));

        QemuReport report =
                machine.setup(engine, HOST).forAnEngineElsewhere(true).setUp(request("linux/amd64", "linux/arm64"));

        assertThat(engine.runs()).containsExactly(List.of(IMAGE, "--install", "arm64"));
        assertThat(report.platforms())
                .containsExactly(line("linux/amd64", new Native()), line("linux/arm64", BY_IMAGE));
        assertThat(KernelEmulators.read(machine.files)).isEmpty();
    }

    @Test
    void asksNothingOfARootlessEngine() throws Exception {
        machine.kernel.dropRoot();
        engine = new FakeDockerEngine(new Info("28", "Ubuntu", "linux", "x86_64", false, true, EngineProduct.DOCKER));

        QemuReport report = setUp("linux/arm64");

        assertThat(engine.runs()).isEmpty();
        assertThat(report.lines()).anyMatch(l -> l.contains("the engine is rootless, so its containers cannot change"));
    }

    @Test
    void registersWithoutAskingTheEngine() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64");
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

        assertThat(machine.setup(busy, HOST).setUp(request("linux/arm64")).failed())
                .isFalse();
    }

    @Test
    void goesThroughTheEngineOnOtherSystems() throws Exception {
        engine = new FakeDockerEngine(
                        new Info("28", "Alpine Linux", "linux", "aarch64", true, false, EngineProduct.DOCKER))
                .withImage(IMAGE, arguments -> ran("linux/arm64", "linux/amd64"));
        EmulatorSetup onMac = machine.setup(engine, HostPlatform.from("Mac OS X", "aarch64"));

        QemuReport report = onMac.setUp(
                new QemuRequest(platforms("linux/arm64", "linux/amd64", "linux/s390x"), true, false, IMAGE));

        assertThat(engine.runs())
                .containsExactly(List.of(IMAGE, "--uninstall", "qemu-x86_64,qemu-s390x", "--install", "amd64,s390x"));
        assertThat(report.platforms().subList(0, 2))
                .containsExactly(line("linux/arm64", new Native()), line("linux/amd64", BY_IMAGE));
        assertThat(report.missing()).containsExactly(Platform.parse("linux/s390x"));
        assertThat(machine.processes.commands()).isEmpty();
    }

    @Test
    void saysWhyTheEngineCouldNotHelp() throws Exception {
        engine = FakeDockerEngine.onLinux();

        QemuReport report = setUp("linux/arm64");

        assertThat(report.notes()).containsExactly("the engine could not run " + IMAGE + ": " + IMAGE + ": not found");
        assertThat(report.missing()).containsExactly(Platform.parse("linux/arm64"));
    }

    @Test
    void triesEveryKnownPlatformWhenNoneIsNamed() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64", "/usr/bin/qemu-riscv64");

        QemuReport report = setUp();

        assertThat(report.platforms()).hasSize(11);
        assertThat(KernelEmulators.read(machine.files)).containsOnlyKeys("arm64", "riscv64");
        assertThat(report.missing()).hasSize(7);
        assertThat(report.failed()).as("one emulated platform is enough").isFalse();
    }

    @Test
    void rendersTheReportForPeopleAndForPrograms() throws Exception {
        machine.withStatic("/usr/bin/qemu-aarch64");

        QemuReport report = setUp("linux/amd64", "linux/arm64", "windows/amd64");

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
        machine.processes.when(command -> true).run((command, output) -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> setUp("linux/386")).isInstanceOf(InterruptedException.class);
        assertThat(machine.files.list(FakeMachine.RUNTIME)).isEmpty();
    }
}
