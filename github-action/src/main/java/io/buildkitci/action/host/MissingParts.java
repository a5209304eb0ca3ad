package io.buildkitci.action.host;

import io.buildkitci.builder.ClientEnvironment;
import io.buildkitci.docker.DockerEngine;
import io.buildkitci.failure.Blame;
import io.buildkitci.install.InstallFailure;
import io.buildkitci.install.Installation;
import io.buildkitci.install.Installer;
import io.buildkitci.install.Tool;
import io.buildkitci.install.ToolCache;
import io.buildkitci.model.DoctorRequest;
import io.buildkitci.model.InstallSource;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.model.ToolVersion;
import io.buildkitci.qemu.EmulatorSetup;
import io.buildkitci.qemu.KernelEmulators;
import io.buildkitci.qemu.QemuReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Gets what a machine needs to build and does not have: buildx, BuildKit where there is no engine, emulators. */
public final class MissingParts {
    private static final String BINFMT = "docker.io/tonistiigi/binfmt:latest";

    private final Host host;
    private final DoctorRequest request;
    private final Consumer<String> log;
    private int exit = Blame.BUILT;

    /** @param log told what is got, and what could not be */
    public MissingParts(Host host, DoctorRequest request, Consumer<String> log) {
        this.host = host;
        this.request = request;
        this.log = log;
    }

    /** Each part on its own: what is missing of one does not keep another from being got. */
    public int get() throws InterruptedException {
        if (request.install() || request.buildx().isPresent()) {
            buildx();
        }
        boolean noEngine = request.install()
                && !(host.tools().engine().info() instanceof DockerEngine.Info)
                && host.clients().os() == ClientEnvironment.Os.LINUX;
        if (request.buildkit().isPresent() || noEngine) {
            buildkit();
        }
        boolean linux = host.tools().platform().os().equals("linux");
        if (request.install()
                && linux
                && KernelEmulators.read(host.tools().files()).isEmpty()) {
            emulators();
        }
        return exit;
    }

    private void buildx() throws InterruptedException {
        BuildxSetup.Answer answer =
                new BuildxSetup(host, log, Optional.empty()).get(request.buildx(), request.from(), true);
        if (answer instanceof BuildxSetup.Failed failed) {
            failed(failed.failure());
        }
    }

    private void buildkit() throws InterruptedException {
        BuildxSetup.Answer answer =
                new BuildxSetup(host, log, Optional.empty()).buildkit(request.buildkit(), request.from());
        if (answer instanceof BuildxSetup.Failed failed) {
            failed(failed.failure());
        } else if (answer instanceof BuildxSetup.Ready ready && ready.place().isPresent()) {
            log.accept("for later steps: export " + ready.variable() + "="
                    + ready.place().get());
        }
    }

    /** Those of the distribution, or static ones that are registered from where they are kept. */
    private void emulators() throws InterruptedException {
        boolean packages = request.from() instanceof InstallSource.Packages;
        Optional<Installation.Installed> fetched =
                packages ? Optional.empty() : install(Tool.EMULATORS, Optional.empty());
        if (!packages && fetched.isEmpty()) {
            return;
        }
        EmulatorSetup setup = new EmulatorSetup(
                host.tools().files(),
                host.tools().processes(),
                host.tools().workspaces(),
                host.tools().engine(),
                host.tools().platform());
        EmulatorSetup looking =
                fetched.isPresent() ? setup.lookingIn(List.of(fetched.get().folder())) : setup;
        QemuReport report = looking.setUp(new QemuRequest(List.of(), false, packages, BINFMT));
        report.lines().forEach(log);
        if (report.failed()) {
            exit = Blame.ENVIRONMENT.exitCode();
        }
    }

    private Optional<Installation.Installed> install(Tool tool, Optional<ToolVersion> version)
            throws InterruptedException {
        Path cache = ToolCache.place(host.environment(), host.clients().home());
        Installation installation = new Installer(
                        host.installs(), cache, host.tools().platform(), log)
                .install(tool, version, BuildxSetup.source(request.from(), host));
        if (installation instanceof Installation.Failed failure) {
            failed(failure.failure());
            return Optional.empty();
        }
        return Optional.of((Installation.Installed) installation);
    }

    private void failed(InstallFailure failure) {
        BuildxSetup.render(failure).forEach(log);
        exit = BuildxSetup.blame(failure).exitCode();
    }
}
