package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.docker.CliDockerEngine;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.local.LocalFiles;
import io.buildkitci.local.LocalProcessRunner;
import io.buildkitci.local.LocalWorkspaces;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import io.buildkitci.testbed.Testbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets emulators up in this machine's kernel and runs containers with them; leaves the kernel as it was. */
class QemuSetupIT {
    private static final Platform HOST =
            HostPlatform.from(System.getProperty("os.name"), System.getProperty("os.arch"));
    private static final List<Emulator> USED = List.of(Emulator.S390X, Emulator.PPC64LE, Emulator.MIPS64LE);
    private static final String STAND_IN = "local/buildkit-ci-it-binfmt:1";

    private final Testbed testbed = Testbed.here();
    private final HostFiles files = new LocalFiles();
    private final ProcessRunner processes = new LocalProcessRunner();
    private final List<String> docker = List.of(testbed.dockerCli().toString(), "--host", testbed.dockerHost());
    private final DockerEngine engine = new CliDockerEngine(processes, docker);
    private List<BinfmtEntry> before = List.of();

    @BeforeEach
    void takesThemOut() {
        before = USED.stream()
                .flatMap(e -> KernelState.read(files).qemuEntries(e).stream())
                .toList();
        removeAll();
    }

    @AfterEach
    void putsThemBack() {
        removeAll();
        BinfmtMisc binfmt = new BinfmtMisc(files, processes);
        for (BinfmtEntry entry : before) {
            USED.stream()
                    .filter(entry::recognises)
                    .forEach(e -> binfmt.register(new Registration(e, Path.of(entry.interpreter()))));
        }
    }

    private void removeAll() {
        BinfmtMisc binfmt = new BinfmtMisc(files, processes);
        for (Emulator emulator : USED) {
            KernelState.read(files).qemuEntries(emulator).forEach(binfmt::remove);
        }
    }

    private QemuReport setUp(List<Path> directories, boolean reset, String image, String... platforms)
            throws Exception {
        List<Platform> asked = new ArrayList<>();
        for (String platform : platforms) {
            asked.add(Platform.parse(platform));
        }
        return new EmulatorSetup(files, processes, LocalWorkspaces.ofThisUser(), engine, HOST)
                .lookingIn(directories)
                .setUp(new QemuRequest(asked, reset, false, image));
    }

    private Captured docker(String... arguments) throws Exception {
        List<String> argv = new ArrayList<>(docker);
        argv.addAll(List.of(arguments));
        return processes.capture(Command.of(argv));
    }

    private String machineOf(String platform) throws Exception {
        Captured said = docker("run", "--rm", "--platform", platform, testbed.base(), "uname", "-m");
        return said.out().strip() + said.err().lines().reduce("", (a, b) -> b.contains("exec format") ? b : a);
    }

    @Test
    void containersOfRegisteredPlatformsRun() throws Exception {
        List<Path> directories = List.of(testbed.qemuDirectory());

        QemuReport report = setUp(directories, false, "none:1", "linux/s390x", "linux/ppc64le", "linux/386");

        assertThat(report.missing()).isEmpty();
        assertThat(report.changes()).hasSize(2);
        assertThat(KernelEmulators.read(files))
                .containsEntry(
                        "s390x", testbed.qemuDirectory().resolve("qemu-s390x").toString());
        assertThat(machineOf("linux/s390x")).isEqualTo("s390x");
        assertThat(machineOf("linux/ppc64le")).isEqualTo("ppc64le");

        QemuReport again = setUp(directories, false, "none:1", "linux/s390x", "linux/ppc64le");
        assertThat(again.changes()).isEmpty();
        assertThat(again.missing()).isEmpty();

        QemuReport reset = setUp(directories, true, "none:1", "linux/s390x");
        assertThat(reset.changes()).hasSize(2).first().isEqualTo("removed qemu-s390x");
        assertThat(reset.missing()).isEmpty();
    }

    @Test
    void anImageInstallsWhatThisMachineLacks(@TempDir Path root) throws Exception {
        buildStandIn(root);
        try {
            QemuReport report = setUp(List.of(), false, STAND_IN, "linux/mips64le", "linux/amd64");

            assertThat(report.missing()).as(report.lines().toString()).isEmpty();
            assertThat(report.changes()).containsExactly("ran " + STAND_IN);
            assertThat(KernelEmulators.read(files)).containsEntry("mips64le", "/qemu");
        } finally {
            docker("rmi", "--force", STAND_IN);
        }
    }

    @Test
    void saysWhatToDoWhenNothingHelps() throws Exception {
        QemuReport report = setUp(List.of(), false, "localhost:5555/testbed/nowhere:1", "linux/mips64le");

        assertThat(report.failed()).isTrue();
        assertThat(report.lines())
                .contains("linux/mips64le  missing: no qemu-mips64el-static or qemu-mips64el is on this machine")
                .contains("for linux/mips64le: docker run --privileged --rm localhost:5555/testbed/nowhere:1"
                        + " --install mips64le");
    }

    /** An image that does what the binfmt image does, for one architecture, from what the testbed has. */
    private void buildStandIn(Path root) throws Exception {
        Registration registration = new Registration(Emulator.MIPS64LE, Path.of("/qemu"));
        Files.copy(testbed.qemuDirectory().resolve("qemu-mips64el"), root.resolve("qemu"));
        String script = "#!/bin/sh\nmount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc\n"
                + "printf '%s' '" + registration.render() + "' >/proc/sys/fs/binfmt_misc/register\n"
                + "echo 'installing: mips64le OK'\n"
                + "printf '{\\n \"supported\": [\"linux/amd64\", \"linux/mips64le\"]\\n}\\n'\n";
        Files.writeString(root.resolve("binfmt"), script);
        String dockerfile =
                "FROM " + testbed.base() + "\nCOPY --chmod=755 qemu binfmt /\nENTRYPOINT [\"/bin/sh\", \"/binfmt\"]\n";
        Files.writeString(root.resolve("Dockerfile"), dockerfile);
        List<String> argv = List.of(
                testbed.buildx().toString(), "build", "--load", "--provenance=false", "-t", STAND_IN, root.toString());
        Captured built = processes.capture(Command.of(argv)
                .withEnvironment(Map.of("DOCKER_HOST", testbed.dockerHost(), "BUILDX_BUILDER", "default")));
        assertThat(built.succeeded()).as(built.err()).isTrue();
    }
}
