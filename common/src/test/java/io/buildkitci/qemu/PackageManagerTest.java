package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.buildkitci.process.InMemoryFiles;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackageManagerTest {
    static Stream<Arguments> distributions() {
        return Stream.of(
                arguments(
                        "/usr/bin/apt-get",
                        List.of(
                                "apt-get -q -o DPkg::Lock::Timeout=120 install --yes --no-install-recommends"
                                        + " qemu-user-static",
                                "apt-get -q update",
                                "apt-get -q -o DPkg::Lock::Timeout=120 install --yes --no-install-recommends"
                                        + " qemu-user-static",
                                "apt-get -q -o DPkg::Lock::Timeout=120 install --yes --no-install-recommends"
                                        + " qemu-user"),
                        "apt-get install qemu-user-static"),
                arguments("/usr/bin/dnf", List.of("dnf install -y qemu-user-static"), "dnf install qemu-user-static"),
                arguments(
                        "/sbin/apk",
                        List.of("apk add --no-cache qemu-aarch64", "apk add --no-cache qemu-riscv64"),
                        "apk add qemu-aarch64 qemu-riscv64"),
                arguments(
                        "/usr/bin/zypper",
                        List.of("zypper --non-interactive install qemu-linux-user"),
                        "zypper install qemu-linux-user"));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void knowsThePackageOfEachDistribution(String executable, List<String> commands, String advice) {
        PackageManager manager = PackageManager.find(new InMemoryFiles().withExecutable(executable))
                .orElseThrow();
        List<Emulator> emulators = List.of(Emulator.ARM64, Emulator.RISCV64);

        assertThat(manager.installing(emulators).stream().map(argv -> String.join(" ", argv)))
                .containsExactlyElementsOf(commands);
        assertThat(manager.advice(emulators)).isEqualTo(advice);
    }
}
