package io.buildkitci.build;

import io.buildkitci.build.Diagnosis.Finding;
import io.buildkitci.build.Diagnosis.State;
import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderProbe;
import io.buildkitci.builder.BuilderStore;
import io.buildkitci.builder.BuilderSummary;
import io.buildkitci.builder.BuildxCli;
import io.buildkitci.builder.BuildxFinder;
import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.builder.EndpointTrial;
import io.buildkitci.daemon.BuildkitPrograms;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Version;
import io.buildkitci.qemu.KernelEmulators;
import io.buildkitci.words.HostWords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at everything that builds need here. */
final class Examination {
    private final Tools tools;
    private final ClientEnvironment environment;
    private final BuildxFinder.Finding buildx;
    private final HostWords words;

    Examination(Tools tools, ClientEnvironment environment, BuildxFinder.Finding buildx, HostWords words) {
        this.tools = tools;
        this.environment = environment;
        this.buildx = buildx;
        this.words = words;
    }

    /** @param builder the one to look at; empty means the current one */
    Diagnosis of(Optional<String> builder) throws InterruptedException {
        DockerEngine.Answer engine = tools.engine().info();
        Optional<Finding> buildkit = buildkit(engine instanceof DockerEngine.Info);
        boolean otherwise = builder.isEmpty()
                && buildkit.filter(found -> found.state() == State.OK).isPresent();
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : clients(builder)) {
            findings.add(otherwise ? finding.notNeeded() : finding);
        }
        EngineFindings ofEngine = new EngineFindings(engine, onLinux(), words);
        findings.add(ofEngine.engine());
        buildkit.ifPresent(findings::add);
        findings.add(ofEngine.emulators(
                isElsewhere(engine) ? Optional.empty() : Optional.of(KernelEmulators.read(tools.files()))));
        return new Diagnosis(findings);
    }

    /** Whether containers have another kernel than this machine. */
    private boolean isElsewhere(DockerEngine.Answer engine) {
        boolean virtual =
                engine instanceof DockerEngine.Info info && info.product().isVirtual();
        return virtual || !onLinux() || new BuilderStore(tools.files(), environment).engineIsElsewhere();
    }

    private boolean onLinux() {
        return tools.platform().os().equals("linux");
    }

    private List<Finding> clients(Optional<String> builder) throws InterruptedException {
        if (buildx instanceof BuildxFinder.Found found) {
            BuildxCli client = new BuildxCli(tools.processes(), found.command(), Map.of());
            return List.of(
                    buildx(found, client.version()), builder(new BuilderProbe(client).inspect(builder), builder));
        }
        List<String> looked = buildx instanceof BuildxFinder.Missing missing ? missing.looked() : List.of();
        return List.of(new Finding(
                "buildx",
                State.BROKEN,
                "not found; looked for " + String.join(", ", looked),
                words.step("create-builder") + ", which gets it, or install the package docker-buildx or"
                        + " docker-buildx-plugin, or name the binary in " + words.variable("BUILDX")));
    }

    private static Finding buildx(BuildxFinder.Found found, BuildxCli.Answer answer) {
        if (answer instanceof BuildxCli.Unusable unusable) {
            BuilderFailure failure = unusable.failure();
            return new Finding("buildx", State.BROKEN, failure.text(), failure.advice());
        }
        String version = answer instanceof BuildxCli.Usable usable
                ? usable.buildx().version().map(Version::render).orElse("of no known version")
                : "";
        return new Finding("buildx", State.OK, version + " at " + String.join(" ", found.command()), "");
    }

    private Finding builder(BuilderProbe.Answer answer, Optional<String> name) {
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

    private static String platforms(String label, List<Platform> platforms) {
        return platforms.isEmpty()
                ? ""
                : label + platforms.stream().map(Platform::render).collect(Collectors.joining(", "));
    }

    /** What builds without Docker, which few machines have and none needs where an engine answers. */
    private Optional<Finding> buildkit(boolean engineAnswers) throws InterruptedException {
        BuildkitPrograms programs = new BuildkitPrograms(tools.files(), environment);
        Optional<Path> buildctl = programs.buildctl();
        Optional<String> host = environment.buildkitHost();
        if (buildctl.isPresent() && host.isPresent()) {
            Optional<BuilderFailure> failure = new EndpointTrial(tools.processes(), Map.of(), tools.reachability())
                    .of(DaemonAddress.of(host.get()));
            return Optional.of(failure.map(why -> new Finding("buildkit", State.ABSENT, why.text(), why.advice()))
                    .orElseGet(() -> new Finding(
                            "buildkit",
                            State.OK,
                            "buildctl at " + buildctl.get() + ", for the daemon at " + host.get(),
                            "")));
        }
        Optional<Path> buildkitd = programs.buildkitd();
        if (buildctl.isPresent() && buildkitd.isPresent()) {
            return Optional.of(new Finding(
                    "buildkit",
                    State.OK,
                    "builds without Docker: buildctl at " + buildctl.get() + ", buildkitd at " + buildkitd.get(),
                    ""));
        }
        return engineAnswers || !onLinux()
                ? Optional.empty()
                : Optional.of(new Finding(
                        "buildkit",
                        State.ABSENT,
                        "no " + (buildctl.isPresent() ? "buildkitd" : "buildctl") + " to build without Docker",
                        "get it with " + words.call("create-builder", Map.of("driver", "buildkitd"))));
    }
}
