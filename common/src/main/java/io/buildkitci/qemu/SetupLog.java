package io.buildkitci.qemu;

import io.buildkitci.qemu.BinfmtImage.Supports;
import io.buildkitci.qemu.BinfmtMisc.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one set-up did, and what it was refused. */
final class SetupLog {
    final List<String> changes = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final Map<Emulator, Refusal> refusals = new EnumMap<>(Emulator.class);

    /** Emulators that were registered here and run. */
    final Set<Emulator> registered = EnumSet.noneOf(Emulator.class);

    private final Set<Emulator> askedOfEngine = EnumSet.noneOf(Emulator.class);
    private Supports engineSide = new Supports(Set.of(), "", false);

    void engineRan(Supports supports, Collection<Emulator> asked) {
        engineSide = supports;
        if (supports.ran()) {
            askedOfEngine.addAll(asked);
            changes.add("ran " + supports.by());
        }
    }

    Supports engineSide() {
        return engineSide;
    }

    boolean isNew(Emulator emulator) {
        return registered.contains(emulator) || askedOfEngine.contains(emulator);
    }
}
