package io.buildkitci.qemu;

import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.DockerEngine.Answer;
import io.buildkitci.docker.DockerEngine.Info;
import io.buildkitci.docker.DockerEngine.Unreachable;
import io.buildkitci.docker.EngineProduct;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.qemu.BinfmtImage.Failed;
import io.buildkitci.qemu.BinfmtImage.Supports;
import io.buildkitci.qemu.Readiness.Emulated;
import io.buildkitci.qemu.Readiness.Missing;
import io.buildkitci.qemu.Readiness.Native;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The way through the engine, whose machine can have another kernel than ours, as Docker Desktop's has. */
record EngineSide(DockerEngine engine, BinfmtImage image) {
    private static final String DESKTOP = EngineProduct.DOCKER_DESKTOP.title();

    /** What the virtual machine of Docker Desktop emulates by itself. */
    private static final Set<Emulator> BUILT_IN = EnumSet.complementOf(EnumSet.of(Emulator.LOONG64));

    /** Installs what is asked for, unless the engine has its own emulators. */
    BinfmtImage.Result install(Answer answer, Collection<Emulator> uninstall, Collection<Emulator> install)
            throws InterruptedException {
        if (answer instanceof Unreachable unreachable) {
            return new Failed("no engine answers: " + unreachable.reason());
        }
        if (answer instanceof Info info && info.product() == EngineProduct.DOCKER_DESKTOP) {
            Set<String> builtIn = BUILT_IN.stream().map(Emulator::architecture).collect(Collectors.toSet());
            return new Supports(builtIn, DESKTOP, false);
        }
        if (answer instanceof Info info && info.rootless() && !info.product().isVirtual()) {
            return new Failed("the engine is rootless, so its containers cannot change the kernel's emulators");
        }
        if (answer instanceof Info info && !info.osType().equals("linux")) {
            return new Failed("the engine runs " + info.osType() + " containers, not Linux ones");
        }
        return image.run(uninstall, install);
    }

    /** The whole set-up for a host whose own kernel runs no Linux programs. */
    QemuReport setUp(QemuRequest request) throws InterruptedException {
        List<Platform> asked = request.platforms().isEmpty() ? Emulator.allPlatforms() : request.platforms();
        Answer answer = engine.info();
        String nativeThere = answer instanceof Info info
                ? HostPlatform.from(info.osType(), info.architecture()).architecture()
                : "";
        Set<Emulator> emulators = asked.stream()
                .filter(platform -> !isNative(platform, nativeThere))
                .flatMap(platform -> Emulator.of(platform).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        BinfmtImage.Result result = emulators.isEmpty()
                ? new Supports(Set.of(), DESKTOP, false)
                : install(answer, request.reset() ? emulators : Set.of(), emulators);
        List<QemuReport.Line> lines = new ArrayList<>();
        for (Platform platform : asked) {
            Readiness readiness = isNative(platform, nativeThere) ? new Native() : readiness(platform, result);
            lines.add(new QemuReport.Line(platform, readiness));
        }
        boolean ran = result instanceof Supports supports && supports.ran();
        return new QemuReport(
                request.platforms().isEmpty(), lines, ran ? List.of("ran " + image.image()) : List.of(), List.of());
    }

    private static boolean isNative(Platform platform, String architecture) {
        return platform.os().equals("linux") && platform.architecture().equals(architecture);
    }

    private Readiness readiness(Platform platform, BinfmtImage.Result result) {
        Optional<Emulator> emulator = Emulator.of(platform);
        if (emulator.isEmpty()) {
            return new Missing(Cause.NOT_EMULATABLE, "there is no emulator for " + platform.render(), List.of());
        }
        if (result instanceof Supports supports) {
            return supports.architectures().contains(platform.architecture())
                    ? new Emulated(supports.by(), supports.ran(), Optional.of("it runs on the engine's machine"))
                    : new Missing(Cause.ENGINE, supports.by() + " does not emulate it", List.of());
        }
        String why = result instanceof Failed failed ? failed.why() : "";
        return new Missing(Cause.ENGINE, why, List.of(image.advice(List.of(emulator.get()))));
    }
}
