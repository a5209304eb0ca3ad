package io.buildkitci.qemu;

import io.buildkitci.process.HostFiles;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** Looks at this machine: its kernel's entries, its QEMU binaries, and what programs really do. */
record Look(String hostArchitecture, HostFiles files, Interpreters interpreters, Look.Probe probe) {
    /** Runs a program of an architecture. */
    @FunctionalInterface
    interface Probe {
        Verdict run(Emulator emulator) throws InterruptedException;
    }

    KernelState kernel() {
        return KernelState.read(files);
    }

    Situation at(Collection<Emulator> emulators) throws InterruptedException {
        KernelState kernel = kernel();
        Map<Emulator, Verdict> verdicts = new EnumMap<>(Emulator.class);
        for (Emulator emulator : emulators) {
            if (mayRun(emulator, kernel)) {
                verdicts.put(emulator, probe.run(emulator));
            }
        }
        return new Situation(hostArchitecture, kernel, interpreters.find(), verdicts);
    }

    /** Where the kernel's entries cannot be seen, as in containers, they may be there nevertheless. */
    private boolean mayRun(Emulator emulator, KernelState kernel) {
        return kernel.handles(emulator) || emulator.canBeNativeOn(hostArchitecture) || !kernel.mounted();
    }
}
