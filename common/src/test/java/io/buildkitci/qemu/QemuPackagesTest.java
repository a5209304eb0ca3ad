package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.install.Packages;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QemuPackagesTest {
    @ParameterizedTest
    @CsvSource({
        "/usr/bin/apt-get, 4, apt-get install qemu-user-static",
        "/usr/bin/dnf,     1, dnf install qemu-user-static",
        "/sbin/apk,        2, apk add qemu-aarch64 qemu-riscv64",
        "/usr/bin/zypper,  1, zypper install qemu-linux-user"
    })
    void knowsThePackageOfEachDistribution(String executable, int commands, String advice) throws Exception {
        InMemoryFiles files = new InMemoryFiles()
                .withExecutable(executable)
                .with("/proc/self/status", "Name:\tjava\nUid:\t0\t0\t0\t0\n");
        FakeProcessRunner runner = new FakeProcessRunner();
        QemuPackages packages = new QemuPackages(new Packages(files, runner), files);
        List<Emulator> emulators = List.of(Emulator.RISCV64, Emulator.ARM64);

        assertThat(packages.install(emulators, () -> false).complete()).isFalse();

        assertThat(runner.commands()).hasSize(commands);
        assertThat(packages.advice(emulators)).contains(advice);
    }
}
