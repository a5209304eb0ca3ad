package io.buildkitci.daemon;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Starts a daemon in a directory of its own and waits until it answers. */
final class DaemonStart {
    /** Where its cache is, in its directory. */
    static final String STATE = "state";

    private static final String SOCKET = "buildkitd.sock";
    private static final String LOG = "buildkitd.log";
    /** A daemon that is killed leaves directories of secrets where temporary files are. */
    private static final String TEMPORARY = "tmp";

    private static final String CONFIG = "buildkitd.toml";

    /** The kernel takes no longer name for a socket (sun_path). */
    private static final int LONGEST_SOCKET = 107;

    private static final int LAST_LINES = 15;
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration SHORT = Duration.ofSeconds(10);

    private final DaemonStore store;
    private final ProcessRunner runner;
    private final HostFiles files;
    private final BuildkitPrograms programs;
    private final Processes processes;

    DaemonStart(
            DaemonStore store, ProcessRunner runner, HostFiles files, BuildkitPrograms programs, Processes processes) {
        this.store = store;
        this.runner = runner;
        this.files = files;
        this.programs = programs;
        this.processes = processes;
    }

    /** What came of a start. */
    sealed interface Outcome {}

    /** It runs. */
    record Answers(Daemon daemon, Workers workers) implements Outcome {}

    /** It does not. */
    record Failed(BuilderFailure failure) implements Outcome {}

    DaemonAddress address(String name) {
        return DaemonAddress.of("unix://" + store.directory(name).resolve(SOCKET));
    }

    boolean isRoot() throws InterruptedException {
        return runner.capture(Command.of("id", "-u").within(SHORT))
                .out()
                .strip()
                .equals("0");
    }

    Outcome start(Daemon wanted, Daemons.Making making) throws InterruptedException, IOException {
        Path directory = store.directory(wanted.name());
        Path socket = wanted.rootless() ? Rootless.longestSocket(directory) : directory.resolve(SOCKET);
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
            return failed(Reason.NO_DIRECTORY, "the path of its socket is too long for the system: " + socket);
        }
        if (programs.buildkitd().isEmpty()) {
            return new Failed(Daemons.missing("buildkitd", programs));
        }
        for (String program : wanted.rootless() ? Rootless.PROGRAMS : List.<String>of()) {
            if (programs.find(program).isEmpty()) {
                return new Failed(Rootless.missing(program, programs));
            }
        }
        if (programs.find("buildkit-runc").or(() -> programs.find("runc")).isEmpty()) {
            return new Failed(Daemons.missing("runc", programs));
        }
        if (!making.isThere()) {
            store.keep(wanted.madeBy(processes.ours()));
        }
        if (making.config().isPresent()) {
            files.writePrivate(directory.resolve(CONFIG), making.config().get().getBytes(StandardCharsets.UTF_8));
        }
        files.writePrivate(directory.resolve(LOG), new byte[0]);
        files.writePrivate(directory.resolve(TEMPORARY).resolve(".keep"), new byte[0]);
        List<String> argv = argv(wanted, making, directory);
        argv = wanted.rootless() ? argv : processes.together(argv);
        if (making.owner().isPresent()) {
            String rootlesskit =
                    programs.find(Rootless.ROOTLESSKIT).map(Path::toString).orElse(Rootless.ROOTLESSKIT);
            argv = Processes.watched(argv, making.owner().getAsLong(), directory, rootlesskit);
        }
        Map<String, String> environment = new TreeMap<>(wanted.rootless() ? Rootless.environment(directory) : Map.of());
        environment.putAll(making.definition().variables());
        environment.put("PATH", programs.path());
        environment.put("TMPDIR", directory.resolve(TEMPORARY).toString());
        Processes.Started started = processes.start(argv, environment, directory.resolve(LOG));
        if (started.process().isEmpty()) {
            return notStarted(directory, started.why());
        }
        Daemon daemon = wanted.runBy(started.process().get());
        store.keep(making.isThere() ? daemon : daemon.madeBy(processes.ours()));
        Outcome outcome = await(daemon, directory, making.limit());
        if (outcome instanceof Answers && !daemon.temporary()) {
            store.keep(daemon);
        }
        return outcome;
    }

    private List<String> argv(Daemon wanted, Daemons.Making making, Path directory) {
        List<String> argv = new ArrayList<>();
        if (wanted.rootless()) {
            argv.addAll(List.of(
                    programs.find(Rootless.ROOTLESSKIT).orElseThrow().toString(),
                    "--state-dir=" + directory.resolve("rootlesskit"),
                    "--net=host",
                    "--pidns"));
        }
        argv.addAll(List.of(
                programs.buildkitd().orElseThrow().toString(),
                "--root",
                directory.resolve(STATE).toString(),
                "--addr",
                wanted.address().url(),
                "--oci-worker=true",
                "--containerd-worker=false"));
        if (wanted.rootless()) {
            argv.addAll(List.of("--rootless", "--oci-worker-no-process-sandbox"));
        }
        if (making.config().isPresent()) {
            argv.addAll(List.of("--config", directory.resolve(CONFIG).toString()));
        }
        argv.addAll(making.definition().flags());
        return argv;
    }

    private Outcome await(Daemon daemon, Path directory, Duration limit) throws InterruptedException {
        Buildctl buildctl =
                new Buildctl(runner, List.of(programs.buildctl().orElseThrow().toString()));
        Path socket = directory.resolve(SOCKET);
        for (long left = limit.toMillis(); left > 0; left -= STEP.toMillis()) {
            if (!processes.runs(daemon.process().orElseThrow())) {
                return notStarted(directory, "it ended again");
            }
            if (files.list(directory).contains(SOCKET)) {
                Optional<Workers> workers = buildctl.workers(daemon.address());
                if (workers.isPresent()) {
                    return new Answers(daemon, workers.get());
                }
            }
            Thread.sleep(STEP.toMillis());
        }
        return notStarted(directory, "it does not answer at " + socket + " within " + limit.toSeconds() + " s");
    }

    private Outcome notStarted(Path directory, String why) {
        List<String> said = withoutStacks(
                files.read(directory.resolve(LOG)).orElse("").lines().toList());
        BuilderFailure failure = BuilderFailure.of(Reason.NOT_BOOTED, "buildkitd was not started: " + why);
        List<String> last = said.subList(Math.max(0, said.size() - LAST_LINES), said.size());
        String advice = Rootless.remedy(last).orElse(failure.advice());
        return new Failed(new BuilderFailure(failure.reason(), failure.text(), advice, last));
    }

    /** A daemon that ends with an error tells where in its own code that was: function and, indented, file. */
    private static List<String> withoutStacks(List<String> lines) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            boolean inStack = lines.get(i).startsWith("\t")
                    || (i + 1 < lines.size() && lines.get(i + 1).startsWith("\t"));
            if (!inStack) {
                kept.add(lines.get(i));
            }
        }
        return kept;
    }

    private static Outcome failed(Reason reason, String text) {
        return new Failed(BuilderFailure.of(reason, text));
    }
}
