package io.buildkitci.qemu;

import io.buildkitci.model.Platform;
import io.buildkitci.qemu.BinfmtImage.Supports;
import io.buildkitci.qemu.BinfmtMisc.Refusal;
import io.buildkitci.qemu.Readiness.Emulated;
import io.buildkitci.qemu.Readiness.Missing;
import io.buildkitci.qemu.Readiness.Native;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells each platform's state from the last look and from what happened before it. */
record SetupReport(SetupLog log, Situation seen, QemuPackages packages, BinfmtImage image) {

    QemuReport of(boolean everything, List<Platform> asked) {
        List<QemuReport.Line> lines = asked.stream()
                .map(platform -> new QemuReport.Line(platform, readiness(platform)))
                .toList();
        return new QemuReport(everything, lines, log.changes, log.notes);
    }

    private Readiness readiness(Platform platform) {
        Decision decision = seen.decide(platform);
        if (decision instanceof Decision.Native) {
            return new Native();
        }
        Optional<Emulator> emulator = Emulator.of(platform);
        if (decision instanceof Decision.AlreadyEmulated emulated) {
            boolean isNew = emulator.filter(log::isNew).isPresent();
            return new Emulated(emulated.interpreter(), isNew, emulated.unproven());
        }
        Refusal reason = reason(decision);
        return emulator.map(e -> notInThisKernel(e, reason))
                .orElseGet(() -> new Missing(reason.cause(), reason.why(), List.of()));
    }

    /** The engine's word counts where the kernel that we see has no entry: then the engine's is another one. */
    private Readiness notInThisKernel(Emulator emulator, Refusal reason) {
        Supports engineSide = log.engineSide();
        if (engineSide.architectures().contains(emulator.architecture())
                && !seen.kernel().handles(emulator)) {
            return new Emulated(engineSide.by(), engineSide.ran(), Optional.of("it runs on the engine's machine"));
        }
        Refusal refusal = log.refusals.getOrDefault(emulator, reason);
        return new Missing(refusal.cause(), refusal.why(), remedies(emulator, refusal.cause()));
    }

    private static Refusal reason(Decision decision) {
        if (decision instanceof Decision.Missing missing) {
            return new Refusal(missing.cause(), missing.why());
        }
        String why = decision instanceof Decision.Wrong wrong ? wrong.why() : "it was not registered";
        return new Refusal(Cause.DOES_NOT_RUN, why);
    }

    private List<String> remedies(Emulator emulator, Cause cause) {
        if (cause == Cause.SWITCHED_OFF) {
            return List.of("echo 1 > " + KernelState.ROOT.resolve("status"));
        }
        List<String> remedies = new ArrayList<>();
        if (cause == Cause.NO_INTERPRETER || cause == Cause.DOES_NOT_RUN) {
            packages.advice(List.of(emulator)).ifPresent(remedies::add);
        }
        remedies.add(image.advice(List.of(emulator)));
        return remedies;
    }
}
