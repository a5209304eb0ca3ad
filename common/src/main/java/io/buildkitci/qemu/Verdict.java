package io.buildkitci.qemu;

/** What running a program of another architecture showed. */
sealed interface Verdict {
    /** It ran as a native one would. */
    record Runs() implements Verdict {}

    /** It did not run, and the reason lies with its emulator. */
    record Fails(String why) implements Verdict {}

    /** Not tried, or not even a native program runs in this way here. */
    record Unknown(String why) implements Verdict {}
}
