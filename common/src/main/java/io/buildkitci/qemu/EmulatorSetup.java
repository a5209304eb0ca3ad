package io.buildkitci.qemu;

import io.buildkitci.docker.DockerEngine;
import io.buildkitci.install.Packages;
import io.buildkitci.model.Platform;
import io.buildkitci.model.QemuRequest;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Workspaces;
import io.buildkitci.process.Workspaces.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes this machine run programs of other platforms.
 *
 * <p>What is native or already emulated is left alone. The rest is registered in the kernel with the static QEMU
 * binaries that are here; where there are none, or where we may not write to the kernel, with the distribution's
 * package (if allowed) or by running the binfmt image through the engine. Each emulated platform is proven by running a
 * program; an entry of ours that fails is taken back. The kernel's entries belong to the whole machine and outlive us.
 */
public final class EmulatorSetup {
    private final HostFiles files;
    private final ProcessRunner processes;
    private final Workspaces workspaces;
    private final DockerEngine engine;
    private final Platform host;
    private final List<Path> interpreterDirectories;
    private final boolean engineIsElsewhere;

    /** @param host where we run; see {@link HostPlatform} */
    public EmulatorSetup(
            HostFiles files, ProcessRunner processes, Workspaces workspaces, DockerEngine engine, Platform host) {
        this(files, processes, workspaces, engine, host, Interpreters.DIRECTORIES, false);
    }

    private EmulatorSetup(
            HostFiles files,
            ProcessRunner processes,
            Workspaces workspaces,
            DockerEngine engine,
            Platform host,
            List<Path> interpreterDirectories,
            boolean engineIsElsewhere) {
        this.files = files;
        this.processes = processes;
        this.workspaces = workspaces;
        this.engine = engine;
        this.host = host;
        this.interpreterDirectories = List.copyOf(interpreterDirectories);
        this.engineIsElsewhere = engineIsElsewhere;
    }

    /** The same, looking for QEMU binaries in these directories only. */
    public EmulatorSetup lookingIn(List<Path> directories) {
        return new EmulatorSetup(files, processes, workspaces, engine, host, directories, engineIsElsewhere);
    }

    /** The same, for builds on an engine that may have another kernel than this machine: then that one is set up. */
    public EmulatorSetup forAnEngineElsewhere(boolean elsewhere) {
        return new EmulatorSetup(files, processes, workspaces, engine, host, interpreterDirectories, elsewhere);
    }

    /** @throws InterruptedException with every program ended; entries registered so far stay */
    public QemuReport setUp(QemuRequest request) throws InterruptedException {
        EngineSide engineSide = new EngineSide(engine, new BinfmtImage(engine, request.image()));
        if (!host.os().equals("linux") || engineIsElsewhere) {
            return engineSide.setUp(request);
        }
        try (Workspace workspace = workspaces.open()) {
            return setUp(request, engineSide, new Prober(processes, workspace, Emulator.of(host))::probe);
        } catch (IOException e) {
            Verdict unknown = new Verdict.Unknown("there is no private directory: " + e.getMessage());
            return setUp(request, engineSide, emulator -> unknown);
        }
    }

    private QemuReport setUp(QemuRequest request, EngineSide engineSide, Look.Probe probe) throws InterruptedException {
        Interpreters interpreters = new Interpreters(files, interpreterDirectories);
        return new KernelSide(
                        request,
                        new Look(host.architecture(), files, interpreters, probe),
                        new BinfmtMisc(files, processes),
                        new QemuPackages(new Packages(files, processes), files),
                        engineSide)
                .setUp();
    }
}
