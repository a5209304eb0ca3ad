package io.buildkitci.daemon;

import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import io.buildkitci.process.ProcessRunner.Captured;
import io.buildkitci.process.ProcessTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Processes that go on when the program that started them ends: started in a session of their own, ended by number. */
final class Processes {
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(20);

    private static final String START = """
            log=$1; shift
            setsid "$@" </dev/null >>"$log" 2>&1 &
            echo $!
            """;

    /**
     * Ends the daemon and removes its directory when its owner is gone, however that went. A daemon that still builds for an
     * orphaned client does not end when it is asked to.
     */
    private static final String WATCH = """
            owner=$1; directory=$2; rootlesskit=$3; shift 3
            "$@" & daemon=$!
            trap 'wait $daemon; exit' TERM INT
            while kill -0 "$owner" 2>/dev/null; do
                kill -0 $daemon 2>/dev/null || exit 1
                sleep 1 & wait $!
            done
            trap '' TERM INT
            kill -s TERM 0
            (sleep 3; kill -s KILL $daemon) 2>/dev/null &
            wait $daemon
            cd /
            rm -rf -- "$directory" 2>/dev/null || "$rootlesskit" rm -rf -- "$directory"
            """;

    /** A process namespace that goes, with every step and mount in it, when its first process does. */
    private static final List<String> NAMESPACE = List.of("unshare", "--pid", "--mount-proc", "--kill-child");

    private final ProcessRunner runner;
    private final HostFiles files;
    private final ProcessTable table;

    Processes(ProcessRunner runner, HostFiles files) {
        this.runner = runner;
        this.files = files;
        this.table = new ProcessTable(files);
    }

    /** A started process, or why there is none. */
    record Started(Optional<DaemonProcess> process, String why) {}

    /** @param log both its streams are added to */
    Started start(List<String> argv, Map<String, String> environment, Path log) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", START, "buildkit-ci", log.toString()));
        command.addAll(argv);
        Captured said =
                runner.capture(Command.of(command).withEnvironment(environment).within(SHORT));
        String pid = said.out().strip();
        if (!said.succeeded() || !pid.matches("\\d{1,18}")) {
            return new Started(
                    Optional.empty(), said.outcome() + " " + said.err().strip());
        }
        return new Started(process(Long.parseLong(pid)), "it ended at once");
    }

    /** The same program in a namespace of its own, where this system has such. */
    List<String> together(List<String> argv) throws InterruptedException {
        List<String> command = new ArrayList<>(NAMESPACE);
        command.add("true");
        if (!runner.capture(Command.of(command).within(SHORT)).succeeded()) {
            return argv;
        }
        command.remove(command.size() - 1);
        command.addAll(argv);
        return command;
    }

    /** The same program, watched: it goes with its owner and takes its directory along. */
    static List<String> watched(List<String> argv, long owner, Path directory, String rootlesskit) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", WATCH, "buildkit-ci"));
        command.addAll(List.of(Long.toString(owner), directory.toString(), rootlesskit));
        command.addAll(argv);
        return command;
    }

    boolean runs(DaemonProcess process) {
        return table.started(process.pid()).equals(Optional.of(process.started()));
    }

    /** The process that we are in; empty where the system does not tell. */
    Optional<DaemonProcess> ours() {
        return table.ours().flatMap(this::process);
    }

    private Optional<DaemonProcess> process(long pid) {
        return table.started(pid).map(ticks -> new DaemonProcess(pid, ticks));
    }

    /** Kills those among whose arguments one begins with a text: of a daemon that was started and not noted. */
    void endAll(String text) throws InterruptedException {
        List<DaemonProcess> found = new ArrayList<>();
        for (String entry : files.list(Path.of("/proc"))) {
            String arguments = entry.matches("\\d+")
                    ? files.read(Path.of("/proc", entry, "cmdline")).orElse("")
                    : "";
            if (arguments.contains("\0" + text)) {
                process(Long.parseLong(entry)).ifPresent(found::add);
            }
        }
        for (DaemonProcess process : found) {
            runner.capture(Command.of("kill", "-s", "KILL", "" + process.pid()).within(SHORT));
        }
        for (DaemonProcess process : found) {
            goneWithin(process, GRACE);
        }
    }

    /** Asks it to end, and kills its session's processes when it does not. Whether it is gone. */
    boolean end(DaemonProcess process) throws InterruptedException {
        if (!runs(process)) {
            return true;
        }
        signal("TERM", process);
        if (!goneWithin(process, GRACE)) {
            signal("KILL", process);
        }
        return goneWithin(process, GRACE);
    }

    /** To all processes of its session: it leads them. */
    private void signal(String signal, DaemonProcess process) throws InterruptedException {
        runner.capture(Command.of("sh", "-c", "kill -s \"$1\" -- \"-$2\"", "buildkit-ci", signal, "" + process.pid())
                .within(SHORT));
    }

    private boolean goneWithin(DaemonProcess process, Duration limit) throws InterruptedException {
        for (long left = limit.toMillis(); left > 0; left -= STEP.toMillis()) {
            if (!runs(process)) {
                return true;
            }
            Thread.sleep(STEP.toMillis());
        }
        return !runs(process);
    }
}
