package io.buildkitci.qemu;

import java.util.Optional;

/** What is to be done so that a platform can be built. */
sealed interface Decision {
    /** Nothing: the CPU runs it. */
    record Native() implements Decision {}

    /**
     * Nothing: the kernel has an entry that works in containers.
     *
     * @param unproven why no program could be run to prove it; empty when one ran
     */
    record AlreadyEmulated(String interpreter, Optional<String> unproven) implements Decision {}

    /** To register an emulator. */
    record ToRegister(Registration registration) implements Decision {}

    /**
     * To register an emulator in place of an entry that does not do.
     *
     * @param inTheWay the entry to remove first; empty when the one that does not do has another name
     */
    record Wrong(String why, Optional<BinfmtEntry> inTheWay, Registration registration) implements Decision {}

    /** Nothing can be done in the kernel from here. */
    record Missing(Cause cause, String why) implements Decision {}
}
