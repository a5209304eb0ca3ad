package io.buildkitci.qemu;

import io.buildkitci.process.HostFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How distributions install static QEMU binaries. */
enum PackageManager {
    /** Debian and Ubuntu; newer ones have the static binaries in qemu-user, older ones the dynamic ones. */
    APT("apt-get") {
        @Override
        List<List<String>> installing(Collection<Emulator> emulators) {
            List<String> install = List.of(
                    "apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", "install", "--yes", "--no-install-recommends");
            return List.of(
                    with(install, "qemu-user-static"),
                    List.of("apt-get", "-q", "update"),
                    with(install, "qemu-user-static"),
                    with(install, "qemu-user"));
        }
    },
    DNF("dnf") {
        @Override
        List<List<String>> installing(Collection<Emulator> emulators) {
            return List.of(List.of("dnf", "install", "-y", "qemu-user-static"));
        }
    },
    /** Alpine has a package for each architecture, and a missing one must not keep the others out. */
    APK("apk") {
        @Override
        List<List<String>> installing(Collection<Emulator> emulators) {
            return emulators.stream()
                    .map(e -> List.of("apk", "add", "--no-cache", e.entry()))
                    .toList();
        }
    },
    ZYPPER("zypper") {
        @Override
        List<List<String>> installing(Collection<Emulator> emulators) {
            return List.of(List.of("zypper", "--non-interactive", "install", "qemu-linux-user"));
        }
    };

    private static final List<String> DIRECTORIES = List.of("/usr/bin", "/usr/sbin", "/sbin", "/bin");

    private final String executable;

    PackageManager(String executable) {
        this.executable = executable;
    }

    static Optional<PackageManager> find(HostFiles files) {
        return Arrays.stream(values())
                .filter(manager -> DIRECTORIES.stream()
                        .anyMatch(directory -> files.isExecutable(Path.of(directory, manager.executable))))
                .findFirst();
    }

    /** Commands to run one after the other until the binaries are there; any may fail. */
    abstract List<List<String>> installing(Collection<Emulator> emulators);

    /** The same for a person to type. */
    String advice(Collection<Emulator> emulators) {
        return switch (this) {
            case APT -> "apt-get install qemu-user-static";
            case DNF -> "dnf install qemu-user-static";
            case APK ->
                "apk add "
                        + String.join(
                                " ",
                                emulators.stream().map(Emulator::entry).sorted().toList());
            case ZYPPER -> "zypper install qemu-linux-user";
        };
    }

    private static List<String> with(List<String> command, String argument) {
        return Stream.concat(command.stream(), Stream.of(argument)).toList();
    }
}
