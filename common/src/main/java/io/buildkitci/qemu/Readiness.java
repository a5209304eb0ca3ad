package io.buildkitci.qemu;

import java.util.List;
import java.util.Optional;

/** Whether programs of a platform run on a machine, and by what. */
public sealed interface Readiness {
    /** The CPU runs it. */
    record Native() implements Readiness {}

    /**
     * An emulator runs it.
     *
     * @param by path of the interpreter, or who has it
     * @param now whether it was registered just now
     * @param unproven why no program could be run to prove it; empty when one ran
     */
    record Emulated(String by, boolean now, Optional<String> unproven) implements Readiness {}

    /**
     * Nothing runs it.
     *
     * @param remedies commands that mend it, best first; empty if none does
     */
    record Missing(Cause cause, String why, List<String> remedies) implements Readiness {
        public Missing {
            remedies = List.copyOf(remedies);
        }
    }
}
