package io.buildkitci.build;

import io.buildkitci.builder.BuilderProbe;
import io.buildkitci.builder.BuilderSummary;
import io.buildkitci.builder.BuildxCli;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.docker.EngineProduct;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Version;
import io.buildkitci.qemu.KernelEmulators;
import io.buildkitci.words.HostWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What there is to build with on this machine, part by part.
 *
 * @param findings in the order in which a build needs them
 */
public record Diagnosis(List<Finding> findings) {
    public Diagnosis {
        findings = List.copyOf(findings);
    }

    /** How a part is. */
    public enum State {
        OK,
        /** It is not there and not every build needs it. */
        ABSENT,
        /** It is not there and nothing can be built without it. */
        BROKEN
    }

    /**
     * One part.
     *
     * @param remedy what mends it; empty when nothing has to be
     */
    public record Finding(String part, State state, String text, String remedy) {}

    public boolean usable() {
        return findings.stream().noneMatch(f -> f.state() == State.BROKEN);
    }

    /** Looks at everything. */
    static Diagnosis of(Tools tools, CapabilityProbe probe, Optional<String> builder, HostWords words)
            throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        if (probe.buildx() instanceof BuildxFinder.Found found) {
            BuildxCli client = new BuildxCli(tools.processes(), found.command(), Map.of());
            findings.add(buildx(found, client.version()));
            findings.add(builder(new BuilderProbe(client).inspect(builder), builder, words));
        } else if (probe.buildx() instanceof BuildxFinder.Missing missing) {
            findings.add(new Finding(
                    "buildx",
                    State.BROKEN,
                    "not found; looked for " + String.join(", ", missing.looked()),
                    words.step("create-builder") + ", which gets it, or install the package docker-buildx or"
                            + " docker-buildx-plugin, or name the binary in " + words.variable("BUILDX")));
        }
        findings.add(engine(tools.engine().info(), words));
        findings.add(emulators(KernelEmulators.read(tools.files()), words));
        return new Diagnosis(findings);
    }

    private static Finding buildx(BuildxFinder.Found found, BuildxCli.Answer answer) {
        String command = String.join(" ", found.command());
        if (answer instanceof BuildxCli.Unusable unusable) {
            return new Finding(
                    "buildx",
                    State.BROKEN,
                    unusable.failure().text(),
                    unusable.failure().advice());
        }
        String version = answer instanceof BuildxCli.Usable usable
                ? usable.buildx().version().map(Version::render).orElse("of no known version")
                : "";
        return new Finding("buildx", State.OK, version + " at " + command, "");
    }

    private static Finding builder(BuilderProbe.Answer answer, Optional<String> name, HostWords words) {
        if (answer instanceof BuilderProbe.Known known) {
            BuilderSummary builder = new BuilderSummary(known.builder());
            Optional<String> error = known.builder().firstError();
            String text = "'" + builder.name() + "', "
                    + (builder.driver().isEmpty() ? "" : "driver " + builder.driver() + ", ")
                    + error.orElseGet(() -> builder.status()
                            + builder.buildkit().map(v -> ", BuildKit " + v).orElse("")
                            + platforms("; native ", builder.nativePlatforms())
                            + platforms("; emulated ", builder.emulatedPlatforms()));
            return error.isPresent()
                    ? new Finding("builder", State.BROKEN, text, "start Docker, or " + words.step("create-builder"))
                    : new Finding("builder", State.OK, text, "");
        }
        String reason = answer instanceof BuilderProbe.Failed failed
                ? failed.failure().text()
                : "there is no builder '" + name.orElse("") + "'";
        return new Finding(
                "builder", State.BROKEN, reason, words.call("create-builder", Map.of("name", name.orElse("ci"))));
    }

    private static Finding engine(DockerEngine.Answer answer, HostWords words) {
        if (answer instanceof DockerEngine.Info info && !builds(info)) {
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
                            .orElse("switch it to Linux containers, or take a builder of driver remote"));
        }
        if (answer instanceof DockerEngine.Info info) {
            String text = named(info) + ", "
                    + (info.containerdStore() ? "containerd image store" : "without the containerd image store")
                    + (info.rootless() ? ", rootless" : "");
            return info.containerdStore()
                    ? new Finding("engine", State.OK, text, "")
                    : new Finding(
                            "engine",
                            State.ABSENT,
                            text + ": the docker driver builds one platform and exports no cache",
                            store(info, words));
        }
        String reason = answer instanceof DockerEngine.Unreachable unreachable ? unreachable.reason() : "";
        return new Finding(
                "engine",
                State.ABSENT,
                "does not answer: " + reason,
                "start Docker, or use a builder of driver remote");
    }

    /** An engine that does not say its version in numbers may be new. */
    private static String store(DockerEngine.Info info, HostWords words) {
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

    private static boolean builds(DockerEngine.Info info) {
        return info.product() != EngineProduct.PODMAN && info.osType().equals("linux");
    }

    private static String named(DockerEngine.Info info) {
        String product = info.product() == EngineProduct.PODMAN || info.product() == EngineProduct.DOCKER
                ? info.product().title()
                : info.product().title() + ", Docker";
        boolean same = info.operatingSystem().startsWith(info.product().title());
        return product + " " + info.version() + (same ? "" : " on " + info.operatingSystem());
    }

    private static Finding emulators(Map<String, String> emulators, HostWords words) {
        return emulators.isEmpty()
                ? new Finding(
                        "emulators",
                        State.ABSENT,
                        "this kernel has none registered",
                        words.step("setup-qemu") + ", for platforms that no node runs itself")
                : new Finding(
                        "emulators",
                        State.OK,
                        emulators.entrySet().stream()
                                .map(e -> e.getKey() + " (" + e.getValue() + ")")
                                .collect(Collectors.joining(", ")),
                        "");
    }

    private static String platforms(String label, List<Platform> platforms) {
        return platforms.isEmpty()
                ? ""
                : label + platforms.stream().map(Platform::render).collect(Collectors.joining(", "));
    }

    /** For people: a line for each part, and what mends it below. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add(String.format(
                    "%-10s %-7s %s",
                    finding.part(), finding.state().name().toLowerCase(java.util.Locale.ROOT), finding.text()));
            if (!finding.remedy().isEmpty()) {
                lines.add("                   -> " + finding.remedy());
            }
        }
        return lines;
    }

    /** For a JSON writer. */
    public Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("usable", usable());
        for (Finding finding : findings) {
            data.put(
                    finding.part(),
                    Map.of(
                            "state", finding.state().name().toLowerCase(java.util.Locale.ROOT),
                            "text", finding.text(),
                            "remedy", finding.remedy()));
        }
        return data;
    }
}
