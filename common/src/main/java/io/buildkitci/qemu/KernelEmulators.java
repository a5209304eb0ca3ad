package io.buildkitci.qemu;

import io.buildkitci.process.HostFiles;
import java.util.Map;
import java.util.TreeMap;

/** What this machine's kernel emulates in containers, read without running or changing anything. */
public final class KernelEmulators {
    private KernelEmulators() {}

    /** Architecture, as platforms name it, to the path of its interpreter. */
    public static Map<String, String> read(HostFiles files) {
        KernelState kernel = KernelState.read(files);
        Map<String, String> emulators = new TreeMap<>();
        for (Emulator emulator : Emulator.values()) {
            kernel.working(emulator).ifPresent(entry -> emulators.put(emulator.architecture(), entry.interpreter()));
        }
        return emulators;
    }
}
