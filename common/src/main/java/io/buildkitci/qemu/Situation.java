package io.buildkitci.qemu;

import io.buildkitci.model.Platform;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a decision about emulators rests on.
 *
 * @param hostArchitecture of the kernel that will run the builds, as platforms name it
 * @param interpreters static QEMU binaries that are here
 * @param verdicts of the programs that were run
 */
record Situation(
        String hostArchitecture,
        KernelState kernel,
        Map<Emulator, Path> interpreters,
        Map<Emulator, Verdict> verdicts) {
    Situation {
        interpreters = Map.copyOf(interpreters);
        verdicts = Map.copyOf(verdicts);
    }

    /** What is to be done for a platform. */
    Decision decide(Platform platform) {
        if (platform.os().equals("linux") && platform.architecture().equals(hostArchitecture)) {
            return new Decision.Native();
        }
        return Emulator.of(platform)
                .map(this::decide)
                .orElseGet(() ->
                        new Decision.Missing(Cause.NOT_EMULATABLE, "there is no emulator for " + platform.render()));
    }

    /** What is to be done for an architecture other than the host's own. */
    Decision decide(Emulator emulator) {
        Verdict verdict = verdicts.getOrDefault(emulator, new Verdict.Unknown("not tried"));
        Optional<BinfmtEntry> working = kernel.working(emulator);
        if (working.isPresent() && !(verdict instanceof Verdict.Fails)) {
            return new Decision.AlreadyEmulated(working.get().interpreter(), unproven(verdict));
        }
        if (runsHere(emulator, verdict) && !kernel.handles(emulator)) {
            return emulator.canBeNativeOn(hostArchitecture)
                    ? new Decision.Native()
                    : new Decision.AlreadyEmulated("an emulator that cannot be seen from here", Optional.empty());
        }
        return mend(emulator, verdict);
    }

    /** Nearly every amd64 kernel runs i386 programs, so no proof to the contrary is enough. */
    private boolean runsHere(Emulator emulator, Verdict verdict) {
        return verdict instanceof Verdict.Runs
                || (verdict instanceof Verdict.Unknown
                        && emulator == Emulator.I386
                        && emulator.canBeNativeOn(hostArchitecture));
    }

    private Decision mend(Emulator emulator, Verdict verdict) {
        if (kernel.mounted() && !kernel.enabled()) {
            return new Decision.Missing(Cause.SWITCHED_OFF, "binfmt_misc is switched off on this machine");
        }
        List<BinfmtEntry> entries = kernel.recognising(emulator);
        Optional<String> wrong = entries.stream().findFirst().map(entry -> whatIsWrong(entry, verdict));
        Path interpreter = interpreters.get(emulator);
        if (interpreter == null) {
            return new Decision.Missing(
                    Cause.NO_INTERPRETER,
                    wrong.map(w -> w + ", and no ").orElse("no ") + String.join(" or ", emulator.interpreterNames())
                            + " is on this machine");
        }
        Registration registration = new Registration(emulator, interpreter);
        return wrong.<Decision>map(why -> new Decision.Wrong(why, sameName(entries, emulator), registration))
                .orElseGet(() -> new Decision.ToRegister(registration));
    }

    private static String whatIsWrong(BinfmtEntry entry, Verdict verdict) {
        if (!entry.enabled()) {
            return "entry " + entry.name() + " is disabled";
        }
        if (!entry.worksInContainers()) {
            return "entry " + entry.name() + " has no flag F and therefore does not work in containers";
        }
        return "entry " + entry.name() + " does not work"
                + (verdict instanceof Verdict.Fails fails ? ": " + fails.why() : "");
    }

    /** Only an entry of the name that we want is in the way: the kernel asks the newest entry first. */
    private static Optional<BinfmtEntry> sameName(List<BinfmtEntry> entries, Emulator emulator) {
        return entries.stream().filter(e -> e.name().equals(emulator.entry())).findFirst();
    }

    private static Optional<String> unproven(Verdict verdict) {
        return verdict instanceof Verdict.Unknown unknown ? Optional.of(unknown.why()) : Optional.empty();
    }
}
