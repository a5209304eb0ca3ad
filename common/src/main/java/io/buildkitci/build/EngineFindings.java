package io.buildkitci.build;

import io.buildkitci.build.Diagnosis.Finding;
import io.buildkitci.build.Diagnosis.State;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.DockerEngine.Info;
import io.buildkitci.docker.EngineProduct;
import io.buildkitci.model.Version;
import io.buildkitci.words.HostWords;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an engine is good for, and where its emulators are.
 *
 * @param onLinux whether this machine is one that BuildKit runs on without Docker
 */
record EngineFindings(DockerEngine.Answer answer, boolean onLinux, HostWords words) {
    Finding engine() {
        if (!(answer instanceof Info info)) {
            String reason = answer instanceof DockerEngine.Unreachable unreachable ? unreachable.reason() : "";
            return new Finding(
                    "engine",
                    State.ABSENT,
                    "does not answer: " + reason,
                    "start Docker, "
                            + (onLinux
                                    ? "build without it (" + words.call("build-push", Map.of("driver", "buildkitd"))
                                            + "), "
                                    : "")
                            + "or use a builder of driver remote");
        }
        if (!builds(info)) {
            return new Finding(
                    "engine",
                    State.ABSENT,
                    named(info)
                            + (info.product() == EngineProduct.PODMAN
                                    ? ": its socket has no BuildKit"
                                    : ": it runs " + info.osType()
                                            + " containers, which BuildKit does not build there"),
                    info.product()
                            .settings()
                            .filter(settings -> info.product() == EngineProduct.PODMAN)
                            .orElse("switch it to Linux containers, or take a builder of driver remote"));
        }
        String text = named(info) + ", "
                + (info.containerdStore() ? "containerd image store" : "without the containerd image store")
                + (info.rootless() ? ", rootless" : "");
        return info.containerdStore()
                ? new Finding("engine", State.OK, text, "")
                : new Finding(
                        "engine",
                        State.ABSENT,
                        text + ": the docker driver builds one platform and exports no cache",
                        store(info));
    }

    /** An engine that does not say its version in numbers may be new. */
    private String store(Info info) {
        boolean tooOld = Version.parse(info.version())
                .filter(version -> !version.atLeast(24, 0))
                .isPresent();
        if (tooOld) {
            return words.step("create-builder") + "; the containerd image store came with Docker 24";
        }
        return info.product()
                        .settings()
                        .orElseGet(() -> words.has("doctor")
                                ? words.call("doctor", Map.of("enable-buildkit", "true"))
                                : "{\"features\":{\"containerd-snapshotter\":true}} in daemon.json")
                + ", or " + words.step("create-builder");
    }

    private static boolean builds(Info info) {
        return info.product() != EngineProduct.PODMAN && info.osType().equals("linux");
    }

    private static String named(Info info) {
        String product = info.product() == EngineProduct.PODMAN || info.product() == EngineProduct.DOCKER
                ? info.product().title()
                : info.product().title() + ", Docker";
        boolean same = info.operatingSystem().startsWith(info.product().title());
        return product + " " + info.version() + (same ? "" : " on " + info.operatingSystem());
    }

    /**
     * @param here those of this machine's kernel; empty where containers have another kernel
     */
    Finding emulators(Optional<Map<String, String>> here) {
        if (answer instanceof Info info && info.product() == EngineProduct.DOCKER_DESKTOP) {
            return new Finding("emulators", State.OK, "built into Docker Desktop", "");
        }
        if (here.isEmpty()) {
            return new Finding("emulators", State.ABSENT, "not to be seen from here: " + elsewhere(), setUp());
        }
        return here.get().isEmpty()
                ? new Finding("emulators", State.ABSENT, "this kernel has none registered", setUp())
                : new Finding(
                        "emulators",
                        State.OK,
                        here.get().entrySet().stream()
                                .map(e -> e.getKey() + " (" + e.getValue() + ")")
                                .collect(Collectors.joining(", ")),
                        "");
    }

    private String elsewhere() {
        return answer instanceof Info info && info.product().isVirtual()
                ? info.product().title() + " runs containers in a virtual machine"
                : "containers run on another machine than this";
    }

    private String setUp() {
        return words.step("setup-qemu") + ", for platforms that no node runs itself";
    }
}
