package io.buildkitci.qemu;

import io.buildkitci.process.HostFiles;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** QEMU binaries on this machine, looked for in the directories given, in their order. */
record Interpreters(HostFiles files, List<Path> directories) {
    /** Where the distributions put them. */
    static final List<Path> DIRECTORIES =
            List.of(Path.of("/usr/bin"), Path.of("/usr/local/bin"), Path.of("/usr/libexec/qemu-binfmt"));

    Interpreters {
        directories = List.copyOf(directories);
    }

    Map<Emulator, Path> find() {
        Map<Emulator, Path> found = new EnumMap<>(Emulator.class);
        for (Emulator emulator : Emulator.values()) {
            find(emulator).ifPresent(path -> found.put(emulator, path));
        }
        return found;
    }

    private Optional<Path> find(Emulator emulator) {
        return emulator.interpreterNames().stream()
                .flatMap(name -> directories.stream().map(directory -> directory.resolve(name)))
                .filter(files::isExecutable)
                .findFirst();
    }
}
