package io.buildkitci.action.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.host.PlayedMachine.Said;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.FakeDockerEngine;
import io.buildkitci.install.ReleaseServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoctorInstallTest {
    private static final String MIRROR = "https://mirror.example";
    private static final String BUILDKIT = MIRROR + "/moby/buildkit/releases/download/v9.9.9/";

    private final PlayedMachine machine = new PlayedMachine().with("RUNNER_TOOL_CACHE", "/tools");

    /** An emulator that the kernel has. */
    @BeforeEach
    void emulated() {
        machine.files
                .with("/proc/sys/fs/binfmt_misc/register", "")
                .with("/proc/sys/fs/binfmt_misc/status", "enabled\n")
                .with(
                        "/proc/sys/fs/binfmt_misc/qemu-aarch64",
                        "enabled\ninterpreter /usr/bin/qemu-aarch64\nflags: POCF\noffset 0\n"
                                + "magic 7f454c460201010000000000000000000200b700\n"
                                + "mask ffffffffffffff00fffffffffffffffffeffffff\n");
    }

    private void publishBuildKit() {
        byte[] archive = ReleaseServer.tarGz(Map.of(
                "bin/buildkitd", "d".getBytes(UTF_8),
                "bin/buildctl", "c".getBytes(UTF_8),
                "bin/buildkit-runc", "r".getBytes(UTF_8)));
        String file = "buildkit-v9.9.9.linux-amd64.tar.gz";
        machine.web
                .page(BUILDKIT + file, archive)
                .page(BUILDKIT + "checksums.txt", ReleaseServer.sha256(archive) + "  " + file + "\n");
    }

    @Test
    void whereNothingIsMissingNothingIsAsked() throws InterruptedException {
        Said said = machine.run("doctor", "--install");

        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(machine.web.asked()).isEmpty();
        assertThat(said.out()).contains("buildx     ok", "emulators  ok");
    }

    @Test
    void buildKitIsGotWhenItIsAskedFor() throws InterruptedException {
        publishBuildKit();

        Said said = machine.run("doctor", "--buildkit-version", "9.9.9", "--install-from", MIRROR);

        Path bin = Path.of("/tools/buildkit-ci/buildkit/v9.9.9-linux-amd64/bin");
        assertThat(said.exit()).as(said.toString()).isZero();
        assertThat(said.err()).contains("export BUILDKIT_CI_BUILDKIT=" + bin);
        assertThat(machine.files.isExecutable(bin.resolve("buildkitd"))).isTrue();
        assertThat(machine.files.read(bin.resolve("buildctl"))).contains("c");
    }

    @Test
    void whereNoEngineAnswersBuildKitIsMissing() throws InterruptedException {
        machine.engine = FakeDockerEngine.unreachable("no such file or directory");

        Said said = machine.run("doctor", "--install", "--install-from", MIRROR);

        assertThat(machine.web.asked())
                .containsExactly(
                        MIRROR + "/moby/buildkit/releases/download/v0.32.2/buildkit-v0.32.2.linux-amd64.tar.gz");
        assertThat(said.exit()).isEqualTo(3);
        assertThat(said.err()).contains("there is nothing at " + MIRROR, "  -> check the release");
    }

    @Test
    void emulatorsAreMissingWhereTheKernelHasNone() throws InterruptedException {
        machine.files.remove(Path.of("/proc/sys/fs/binfmt_misc/qemu-aarch64"));

        Said said = machine.run("doctor", "--install", "--install-from", MIRROR);

        assertThat(said.exit()).as(said.toString()).isEqualTo(3);
        assertThat(machine.web.asked())
                .containsExactly(MIRROR
                        + "/tonistiigi/binfmt/releases/download/deploy/v10.2.3-68/qemu_v10.2.3_linux-amd64.tar.gz");
    }

    @Test
    void packagesHaveNoVersionToChoose() throws InterruptedException {
        Said said = machine.run(
                "doctor", "--install-from", "packages", "--buildx-version", "0.36", "--buildkit-version", "latest");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("--buildx-version: given beside --install-from=packages", "--buildkit-version: given beside");
    }

    @Test
    void aMachineWithAnEngineNeedsNoBuildKit() throws InterruptedException {
        assertThat(machine.engine.info()).isInstanceOf(DockerEngine.Info.class);
        assertThat(machine.run("doctor", "--install", "--install-from", MIRROR).err())
                .doesNotContain("BuildKit");
    }

    @Test
    void theRightsInAClusterAreAQuestionOfTheirOwn() throws InterruptedException {
        Said said = machine.run(
                "doctor", "--kubernetes", "--install", "--gc", "--driver-opts", "namespace=CI", "--driver-opts", "x=1");
        Said options = machine.run("doctor", "--driver-opts", "namespace=ci");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains(
                        "--install: given beside --kubernetes, which does nothing else; drop one",
                        "--gc: given beside --kubernetes",
                        "--driver-opts: 'namespace=CI': must be",
                        "--driver-opts: 'x=1': driver kubernetes has no option 'x'");
        assertThat(options.err()).contains("--driver-opts: given without kubernetes, which they are for");
        assertThat(machine.web.asked()).isEmpty();
    }

    @Test
    void theRightsInAClusterCanBeJson() throws InterruptedException {
        Said said = machine.run("doctor", "--kubernetes", "--json", "--driver-opts", "env.TOKEN=planted-secret");

        assertThat(said.exit()).isZero();
        assertThat(said.out()).startsWith("{").contains("\"List\"", "pods/exec").doesNotContain("planted-secret");
        assertThat(machine.run("doctor", "--kubernetes", "--driver-opts", "env.TOKEN=planted-secret")
                        .out())
                .doesNotContain("planted-secret");
    }
}
