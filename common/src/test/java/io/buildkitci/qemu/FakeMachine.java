package io.buildkitci.qemu;

import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.LineListener;
import io.buildkitci.process.LineListener.Stream;
import io.buildkitci.process.Outcome;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.Workspaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A Linux machine in memory: its kernel's binfmt_misc, its programs, and what happens when one is run. */
final class FakeMachine implements HostFiles, ProcessRunner, Workspaces {
    static final Path WORKSPACE = Path.of("/tmp/private");

    final FakeKernel kernel = new FakeKernel();
    final List<List<String>> commands = new ArrayList<>();

    boolean root = true;
    boolean noexec;
    boolean losesArgv;

    private final Set<Emulator> nativelyRun = EnumSet.noneOf(Emulator.class);
    private final Map<Path, Boolean> executables = new HashMap<>();
    private final Map<String, Runnable> programs = new HashMap<>();
    private final Map<Path, byte[]> written = new HashMap<>();

    FakeMachine running(Emulator... architectures) {
        nativelyRun.addAll(Set.of(architectures));
        return this;
    }

    FakeMachine withStatic(String... paths) {
        for (String path : paths) {
            executables.put(Path.of(path), true);
            kernel.interpreters.add(path);
        }
        return this;
    }

    FakeMachine withDynamic(String path) {
        executables.put(Path.of(path), false);
        kernel.interpreters.add(path);
        return this;
    }

    /** A command, by the words it starts with, and what it does. */
    FakeMachine withProgram(String words, Runnable effect) {
        programs.put(words, effect);
        return this;
    }

    @Override
    public Outcome run(Command command, LineListener output) {
        List<String> argv = command.argv();
        commands.add(argv);
        Path program = Path.of(argv.get(0));
        if (argv.get(0).equals("chroot")) {
            return inAnEmptyRoot(Path.of(argv.get(1) + argv.get(2)), output);
        }
        if (written.containsKey(program)) {
            return directly(program);
        }
        if (argv.get(0).equals("mount")) {
            return mount(output);
        }
        String line = String.join(" ", argv);
        Optional<String> known =
                programs.keySet().stream().filter(line::contains).findFirst();
        known.ifPresent(words -> programs.getOrDefault(words, () -> {}).run());
        return known.isPresent() ? new Outcome.Exited(0) : complain(output, 100, "E: it does not work here");
    }

    private Outcome mount(LineListener output) {
        if (!root || kernel.readOnly) {
            return complain(output, 32, "mount: permission denied.");
        }
        kernel.mounted = true;
        return new Outcome.Exited(0);
    }

    private Outcome inAnEmptyRoot(Path program, LineListener output) {
        if (!root) {
            return complain(output, 125, "chroot: cannot change root directory: Operation not permitted");
        }
        Optional<FakeKernel.Entry> entry = kernel.handlerOf(content(program));
        if (noexec) {
            return complain(output, 126, "chroot: failed to run command: Permission denied");
        }
        if (entry.isPresent() && !(entry.get().hasFlag('F') && isStatic(entry.get()))) {
            return complain(output, 127, "chroot: failed to run command: No such file or directory");
        }
        return entry.isPresent() || isNative(program)
                ? ran(entry)
                : complain(output, 126, "chroot: failed to run command: Exec format error");
    }

    private Outcome directly(Path program) {
        Optional<FakeKernel.Entry> entry = kernel.handlerOf(content(program));
        if (noexec) {
            return new Outcome.NotStarted("Permission denied");
        }
        return entry.isPresent() || isNative(program) ? ran(entry) : new Outcome.NotStarted("Exec format error");
    }

    private Outcome ran(Optional<FakeKernel.Entry> entry) {
        boolean lost = losesArgv && entry.isPresent() && entry.get().hasFlag('P');
        return new Outcome.Exited(lost ? 43 : 42);
    }

    private boolean isStatic(FakeKernel.Entry entry) {
        return executables.getOrDefault(Path.of(entry.interpreter()), true);
    }

    private boolean isNative(Path program) {
        byte[] content = content(program);
        return nativelyRun.stream().anyMatch(e -> java.util.Arrays.equals(ProbeBinary.of(e), content));
    }

    private byte[] content(Path program) {
        return written.getOrDefault(program, new byte[0]);
    }

    private static Outcome complain(LineListener output, int status, String words) {
        output.line(Stream.ERR, words);
        return new Outcome.Exited(status);
    }

    @Override
    public Optional<String> read(Path file) {
        if (file.equals(Path.of("/proc/self/status"))) {
            return Optional.of("Name:\tjava\nUid:\t1000\t" + (root ? 0 : 1000) + "\t0\t0\nGid:\t0\t0\t0\t0\n");
        }
        return FakeKernel.ROOT.equals(file.getParent()) ? kernel.read(fileName(file)) : Optional.empty();
    }

    @Override
    public List<String> list(Path directory) {
        return directory.equals(FakeKernel.ROOT) ? kernel.list() : List.of();
    }

    @Override
    public boolean isDirectory(Path path) {
        return path.equals(FakeKernel.ROOT);
    }

    @Override
    public boolean isReadable(Path path) {
        return executables.containsKey(path);
    }

    @Override
    public boolean isExecutable(Path path) {
        return executables.containsKey(path);
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        if (!FakeKernel.ROOT.equals(file.getParent())) {
            throw new IOException("nobody should write to " + file);
        }
        kernel.write(file, content, root);
    }

    @Override
    public void remove(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void replaceDirectory(Path fresh, Path target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recoverDirectory(Path target) {
        throw new UnsupportedOperationException();
    }

    private static String fileName(Path file) {
        return String.valueOf(file.getFileName());
    }

    final Set<Workspace> open = new HashSet<>();

    @Override
    public Workspace open() {
        Workspace workspace = new Workspace() {
            @Override
            public Path path() {
                return WORKSPACE;
            }

            @Override
            public Path write(String name, String content) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Path writeExecutable(String name, byte[] content) {
                Path file = WORKSPACE.resolve(name);
                written.put(file, content.clone());
                return file;
            }

            @Override
            public void close() {
                open.remove(this);
                written.clear();
            }
        };
        open.add(workspace);
        return workspace;
    }
}
