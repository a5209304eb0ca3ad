package io.buildkitci.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.QemuRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Packages with interpreters, where none is there. */
class EmulatorPackagesTest {
    @AutoClose
    private final PlayedSetup played = new PlayedSetup();

    @Test
    void installsThePackageOnlyWhenItMay() throws Exception {
        played.machine
                .withStatic("/usr/bin/apt-get")
                .withProgram(
                        "install --yes --no-install-recommends qemu-user",
                        () -> played.machine.withStatic("/usr/bin/qemu-aarch64"));

        assertThat(played.setUp("linux/arm64").failed()).isTrue();
        QemuReport allowed =
                played.setUp(new QemuRequest(PlayedSetup.platforms("linux/arm64"), false, true, PlayedSetup.IMAGE));

        assertThat(allowed.failed()).isFalse();
        assertThat(allowed.changes()).hasSize(2).last().asString().startsWith("registered qemu-aarch64");
    }

    @Test
    void triesEachWayToInstallAndSaysHowTheyFailed() throws Exception {
        played.machine.withStatic("/usr/bin/apt-get");

        QemuReport report =
                played.setUp(new QemuRequest(PlayedSetup.platforms("linux/arm64"), false, true, PlayedSetup.IMAGE));

        assertThat(report.failed()).isTrue();
        assertThat(report.notes())
                .filteredOn(note -> note.startsWith("apt-get"))
                .hasSize(4)
                .allSatisfy(note -> assertThat(note).endsWith("failed: E: it does not work here"));
        assertThat(report.notes()).last().isEqualTo("no engine answers: no engine here");
    }

    @Test
    void doesNotInstallPackagesForAPersonWhoIsNotRoot() throws Exception {
        played.machine.withStatic("/usr/bin/apt-get").kernel.dropRoot();

        QemuReport report =
                played.setUp(new QemuRequest(PlayedSetup.platforms("linux/arm64"), false, true, PlayedSetup.IMAGE));

        assertThat(report.notes()).contains("no package was installed: only root may do that");
        assertThat(played.machine.processes.commands())
                .noneMatch(command -> command.argv().contains("install"));
    }
}
