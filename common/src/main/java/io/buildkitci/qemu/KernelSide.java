package io.buildkitci.qemu;

import io.buildkitci.docker.DockerEngine.Answer;
import io.buildkitci.install.Packages;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.qemu.BinfmtImage.Failed;
import io.buildkitci.qemu.BinfmtImage.Supports;
import io.buildkitci.qemu.BinfmtMisc.Refusal;
import io.buildkitci.qemu.Decision.AlreadyEmulated;
import io.buildkitci.qemu.Decision.ToRegister;
import io.buildkitci.qemu.Decision.Wrong;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One set-up on a Linux machine: looks, decides, changes the kernel, looks again, and tells what it saw. */
final class KernelSide {
    private final QemuRequest request;
    private final Look look;
    private final BinfmtMisc binfmt;
    private final QemuPackages packages;
    private final EngineSide engine;

    private final List<Platform> asked;
    /** What the host's CPU is not made for. */
    private final Set<Emulator> foreign;

    private final SetupLog log = new SetupLog();

    KernelSide(QemuRequest request, Look look, BinfmtMisc binfmt, QemuPackages packages, EngineSide engine) {
        this.request = request;
        this.look = look;
        this.binfmt = binfmt;
        this.packages = packages;
        this.engine = engine;
        this.asked = request.platforms().isEmpty() ? Emulator.allPlatforms() : request.platforms();
        this.foreign = asked.stream()
                .flatMap(platform -> Emulator.of(platform).stream())
                .filter(emulator -> !emulator.architecture().equals(look.hostArchitecture()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    QemuReport setUp() throws InterruptedException {
        Set<Emulator> toReset = request.reset() ? removeEntries() : Set.of();
        Situation seen = look.at(foreign);
        if (toDo(seen, toReset).isEmpty()) {
            return report(seen);
        }
        seen = registerHere(seen);
        Set<Emulator> left = toDo(seen, toReset);
        if (!left.isEmpty()) {
            throughTheEngine(engine.engine().info(), toReset, left);
            seen = look.at(foreign);
        }
        return report(seen);
    }

    /** Removes what is registered for the platforms; what could not be removed is left to the engine. */
    private Set<Emulator> removeEntries() throws InterruptedException {
        Set<Emulator> refused = EnumSet.noneOf(Emulator.class);
        KernelState kernel = look.kernel();
        if (!kernel.mounted()) {
            if (!mount()) {
                return foreign;
            }
            kernel = look.kernel();
        }
        for (Emulator emulator : foreign) {
            for (BinfmtEntry entry : kernel.qemuEntries(emulator)) {
                remove(entry).ifPresent(refusal -> refused.add(emulator));
            }
        }
        return refused;
    }

    private Optional<Refusal> remove(BinfmtEntry entry) {
        Optional<Refusal> refusal = binfmt.remove(entry);
        log.changes.addAll(refusal.isEmpty() ? List.of("removed " + entry.name()) : List.of());
        return refusal;
    }

    private Set<Emulator> toDo(Situation seen, Set<Emulator> toReset) {
        return foreign.stream()
                .filter(emulator -> toReset.contains(emulator) || !runs(seen.decide(emulator)))
                .filter(emulator -> !isSwitchedOff(seen.decide(emulator)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean runs(Decision decision) {
        return decision instanceof Decision.Native || decision instanceof AlreadyEmulated;
    }

    /** Somebody's will, which nothing that we could install would change. */
    private static boolean isSwitchedOff(Decision decision) {
        return decision instanceof Decision.Missing missing && missing.cause() == Cause.SWITCHED_OFF;
    }

    private Situation registerHere(Situation before) throws InterruptedException {
        Situation seen = before;
        if (!seen.kernel().mounted()) {
            if (!mount()) {
                return seen;
            }
            seen = look.at(foreign);
        }
        seen = installPackages(seen);
        for (Emulator emulator : foreign) {
            register(emulator, seen.decide(emulator));
        }
        return log.registered.isEmpty() ? seen : takeBackWhatDoesNotRun(look.at(foreign));
    }

    private boolean mount() throws InterruptedException {
        Optional<Refusal> refusal = binfmt.mount();
        if (refusal.isPresent()) {
            foreign.forEach(emulator -> log.refusals.put(emulator, refusal.get()));
            return false;
        }
        log.changes.add("mounted binfmt_misc");
        return true;
    }

    private Situation installPackages(Situation seen) throws InterruptedException {
        Set<Emulator> wanted = foreign.stream()
                .filter(emulator -> seen.decide(emulator) instanceof Decision.Missing missing
                        && missing.cause() == Cause.NO_INTERPRETER)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!request.install() || wanted.isEmpty()) {
            return seen;
        }
        Packages.Installed installed = packages.install(
                wanted, () -> look.interpreters().find().keySet().containsAll(wanted));
        (installed.complete() ? log.changes : log.notes).addAll(installed.log());
        return look.at(foreign);
    }

    private void register(Emulator emulator, Decision decision) {
        if (decision instanceof ToRegister missing) {
            register(missing.registration());
        } else if (decision instanceof Wrong wrong) {
            log.notes.add(wrong.why() + "; it is replaced");
            Optional<Refusal> refusal = wrong.inTheWay().flatMap(this::remove);
            refusal.ifPresentOrElse(r -> log.refusals.put(emulator, r), () -> register(wrong.registration()));
        }
    }

    private void register(Registration registration) {
        Emulator emulator = registration.emulator();
        Optional<Refusal> refusal = binfmt.register(registration);
        if (refusal.isPresent()) {
            log.refusals.put(emulator, refusal.get());
        } else {
            log.registered.add(emulator);
            log.changes.add("registered " + emulator.entry() + " (" + registration.interpreter() + ")");
        }
    }

    private Situation takeBackWhatDoesNotRun(Situation seen) throws InterruptedException {
        boolean allRun = true;
        for (Emulator emulator : EnumSet.copyOf(log.registered)) {
            if (seen.verdicts().get(emulator) instanceof Verdict.Fails fails) {
                allRun = false;
                takeBack(emulator, seen, fails.why());
            }
        }
        return allRun ? seen : look.at(foreign);
    }

    private void takeBack(Emulator emulator, Situation seen, String why) {
        String text = seen.interpreters().get(emulator) + " does not run programs in an empty root, where it has to be"
                + " a static binary: " + why;
        log.refusals.put(emulator, new Refusal(Cause.DOES_NOT_RUN, text));
        log.registered.remove(emulator);
        seen.kernel().qemuEntries(emulator).stream()
                .filter(entry -> entry.name().equals(emulator.entry()))
                .forEach(this::remove);
    }

    private void throughTheEngine(Answer answer, Set<Emulator> toReset, Collection<Emulator> left)
            throws InterruptedException {
        BinfmtImage.Result result = engine.install(answer, toReset, left);
        if (result instanceof Supports supports) {
            log.engineRan(supports, left);
        } else if (result instanceof Failed failed) {
            log.notes.add(failed.why());
            toReset.forEach(emulator -> log.notes.add(emulator.entry() + " was not removed"));
        }
    }

    private QemuReport report(Situation seen) {
        return new SetupReport(log, seen, packages, engine.image())
                .of(request.platforms().isEmpty(), asked);
    }
}
