package io.buildkitci.qemu;

import io.buildkitci.install.PackageManager;
import io.buildkitci.install.Packages;
import io.buildkitci.process.HostFiles;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The distribution's packages of static QEMU binaries. */
record QemuPackages(Packages packages, HostFiles files) {
    /** @param complete whether all binaries are there */
    Packages.Installed install(Collection<Emulator> emulators, BooleanSupplier complete) throws InterruptedException {
        return packages.install(manager -> names(manager, emulators), complete);
    }

    /** What a person types to install them; empty where no known package manager is. */
    Optional<String> advice(Collection<Emulator> emulators) {
        return PackageManager.find(files).map(manager -> {
            List<String> names = names(manager, emulators);
            return manager.advice(manager == PackageManager.APK ? names : names.subList(0, 1));
        });
    }

    /** Newer Debians have the static binaries in qemu-user, older ones the dynamic ones; Alpine has one for each. */
    static List<String> names(PackageManager manager, Collection<Emulator> emulators) {
        return switch (manager) {
            case APT -> List.of("qemu-user-static", "qemu-user");
            case DNF -> List.of("qemu-user-static");
            case APK -> emulators.stream().map(Emulator::entry).sorted().toList();
            case ZYPPER -> List.of("qemu-linux-user");
        };
    }
}
