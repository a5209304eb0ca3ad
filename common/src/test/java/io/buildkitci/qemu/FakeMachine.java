package io.buildkitci.qemu;

import io.buildkitci.docker.DockerEngine;
import io.buildkitci.model.Platform;
import io.buildkitci.process.Command;
import io.buildkitci.process.FakeProcessRunner;
import io.buildkitci.process.InMemoryFiles;
import io.buildkitci.process.InMemoryWorkspaces;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Linux machine in memory: its kernel, its files, its programs, and what happens when one is run. */
final class FakeMachine {
    /** Below it are the private directories. */
    static final Path RUNTIME = Path.of("/run");

    final InMemoryFiles files = new InMemoryFiles();
    final FakeKernel kernel = new FakeKernel(files);
    final FakeProcessRunner processes = new FakeProcessRunner();
    final InMemoryWorkspaces workspaces = new InMemoryWorkspaces(files);

    boolean noexec;
    boolean losesArgv;

    private final Set<Emulator> nativelyRun = EnumSet.noneOf(Emulator.class);
    private final Set<String> dynamic = new HashSet<>();

    FakeMachine() {
        processes.when(command -> true).err("E: it does not work here").exit(100);
        processes.on("mount").run((command, output) -> mount(output));
        processes.on("chroot").run(this::inAnEmptyRoot);
        processes
                .when(command -> Path.of(command.argv().get(0)).startsWith(RUNTIME))
                .run(this::directly);
    }

    EmulatorSetup setup(DockerEngine engine, Platform host) {
        return new EmulatorSetup(files, processes, workspaces, engine, host);
    }

    FakeMachine running(Emulator... architectures) {
        nativelyRun.addAll(Set.of(architectures));
        return this;
    }

    FakeMachine withStatic(String... paths) {
        List.of(paths).forEach(files::withExecutable);
        return this;
    }

    FakeMachine withDynamic(String path) {
        dynamic.add(path);
        return withStatic(path);
    }

    /** A command, by words that are in it, and what it does. */
    FakeMachine withProgram(String words, Runnable effect) {
        processes
                .when(command -> String.join(" ", command.argv()).contains(words))
                .run((command, output) -> {
                    effect.run();
                    return new Outcome.Exited(0);
                });
        return this;
    }

    private Outcome mount(LineListener output) {
        if (!kernel.mount()) {
            return complain(output, 32, "mount: permission denied.");
        }
        return new Outcome.Exited(0);
    }

    private Outcome inAnEmptyRoot(Command command, LineListener output) {
        if (!kernel.isRoot()) {
            return complain(output, 125, "chroot: cannot change root directory: Operation not permitted");
        }
        byte[] program = content(command.argv().get(1) + command.argv().get(2));
        Optional<FakeKernel.Entry> entry = kernel.handlerOf(program);
        if (noexec) {
            return complain(output, 126, "chroot: failed to run command: Permission denied");
        }
        if (entry.isPresent() && !worksWithoutItsFile(entry.get())) {
            return complain(output, 127, "chroot: failed to run command: No such file or directory");
        }
        return entry.isPresent() || isNative(program)
                ? ran(entry)
                : complain(output, 126, "chroot: failed to run command: Exec format error");
    }

    private Outcome directly(Command command, LineListener output) {
        byte[] program = content(command.argv().get(0));
        Optional<FakeKernel.Entry> entry = kernel.handlerOf(program);
        if (noexec) {
            return new Outcome.NotStarted("Permission denied");
        }
        return entry.isPresent() || isNative(program) ? ran(entry) : new Outcome.NotStarted("Exec format error");
    }

    private Outcome ran(Optional<FakeKernel.Entry> entry) {
        boolean lost = losesArgv && entry.isPresent() && entry.get().hasFlag('P');
        return new Outcome.Exited(lost ? ProbeBinary.ARGV_LOST : ProbeBinary.RUNS);
    }

    private boolean worksWithoutItsFile(FakeKernel.Entry entry) {
        return entry.hasFlag('F') && !dynamic.contains(entry.interpreter());
    }

    private boolean isNative(byte[] program) {
        return nativelyRun.stream().anyMatch(e -> Arrays.equals(ProbeBinary.of(e), program));
    }

    private byte[] content(String program) {
        return files.content(Path.of(program)).orElseThrow();
    }

    private static Outcome complain(LineListener output, int status, String words) {
        output.line(Stream.ERR, words);
        return new Outcome.Exited(status);
    }
}
