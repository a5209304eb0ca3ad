package io.buildkitci.daemon;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.builder.Removal;
import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Ends daemons of our own and removes what they leave. */
final class DaemonRemoval {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final DaemonStore store;
    private final ProcessRunner runner;
    private final HostFiles files;
    private final BuildkitPrograms programs;
    private final Processes processes;

    DaemonRemoval(
            DaemonStore store, ProcessRunner runner, HostFiles files, BuildkitPrograms programs, Processes processes) {
        this.store = store;
        this.runner = runner;
        this.files = files;
        this.programs = programs;
        this.processes = processes;
    }

    Removal remove(String name, boolean keepState) throws InterruptedException {
        String lower = name.toLowerCase(Locale.ROOT);
        Optional<Daemon> daemon = store.read(lower);
        if (daemon.isEmpty()) {
            return new Removal.Unknown(lower);
        }
        Optional<DaemonProcess> process = daemon.get().process();
        if (process.isPresent() && !processes.end(process.get())) {
            return failed(lower, "process " + process.get().pid() + " does not end");
        }
        Path directory = store.directory(lower);
        try {
            store.leave(lower);
            unmountBelow(directory);
            for (String entry : files.list(directory)) {
                if (!keepState || !entry.equals(DaemonStart.STATE)) {
                    remove(directory.resolve(entry), daemon.get().rootless());
                }
            }
            if (!keepState) {
                files.remove(directory);
            }
            return new Removal.Removed(lower, List.of(), true);
        } catch (IOException e) {
            return failed(lower, directory + ": " + e.getMessage());
        }
    }

    /** Files of a rootless daemon belong to users that only its namespace can act for. */
    private void remove(Path path, boolean rootless) throws InterruptedException, IOException {
        Optional<Path> rootlesskit = rootless ? programs.find(Rootless.ROOTLESSKIT) : Optional.empty();
        if (rootlesskit.isPresent()) {
            runner.capture(Command.of(rootlesskit.get().toString(), "rm", "-rf", path.toString())
                    .within(LONG));
        }
        files.remove(path);
    }

    /** A daemon that was killed leaves the mounts of steps that ran. */
    private void unmountBelow(Path directory) throws InterruptedException {
        List<String> points = files.read(Path.of("/proc/self/mountinfo"))
                .orElse("")
                .lines()
                .map(line -> line.split(" ", 6))
                .filter(fields -> fields.length > 4 && fields[4].startsWith(directory + "/"))
                .map(fields -> fields[4].replace("\\040", " "))
                .toList();
        for (int i = points.size() - 1; i >= 0; i--) {
            runner.capture(Command.of("umount", "--lazy", points.get(i)).within(LONG));
        }
    }

    private static Removal failed(String name, String left) {
        return new Removal.Failed(
                BuilderFailure.of(Reason.NOT_REMOVED, "builder " + name + " was not removed"), List.of(left));
    }

    /** Removes a builder that did not come to be; what cannot be removed is returned. */
    List<String> undo(String name) throws InterruptedException {
        return remove(name, false) instanceof Removal.Failed failed ? failed.left() : List.of();
    }

    /** Temporary daemons whose machine went down with them. */
    void sweep() throws InterruptedException {
        for (Daemon daemon : store.all()) {
            boolean over = daemon.temporary()
                    && daemon.process().isPresent()
                    && !processes.runs(daemon.process().get());
            if (over) {
                undo(daemon.name());
            }
        }
    }
}
