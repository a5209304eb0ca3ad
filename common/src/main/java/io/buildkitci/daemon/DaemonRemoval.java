package io.buildkitci.daemon;

import io.buildkitci.builder.BuilderFailure;
import io.buildkitci.builder.BuilderFailure.Reason;
import io.buildkitci.builder.BuilderJob;
import io.buildkitci.builder.Removal;
import io.buildkitci.process.Command;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
        processes.endAll(directory + "/");
        try {
            store.leave(lower);
            unmountBelow(directory);
            for (String entry : files.list(directory)) {
                boolean stays = entry.equals(DaemonStore.RECORD) || (keepState && entry.equals(DaemonStart.STATE));
                if (!stays) {
                    remove(directory.resolve(entry), daemon.get().rootless());
                }
            }
            // last, for what is not on record is never found again
            files.remove(keepState ? directory.resolve(DaemonStore.RECORD) : directory);
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

    List<Daemon> leftBehind() {
        return store.all().stream().filter(this::isLeftBehind).toList();
    }

    /** One that stays was made by nobody any more; one that goes with its build and runs has a watch that sees to it. */
    private boolean isLeftBehind(Daemon daemon) {
        if (daemon.job().filter(job -> job.isOver(files)).isPresent()) {
            return true;
        }
        boolean stays = daemon.maker().isEmpty() && !daemon.temporary();
        boolean maker = daemon.maker().filter(processes::runs).isPresent();
        boolean watched =
                daemon.temporary() && daemon.process().filter(processes::runs).isPresent();
        return !stays && !maker && !watched;
    }

    List<Removal> sweep() throws InterruptedException {
        List<Removal> removals = new ArrayList<>();
        for (Daemon daemon : leftBehind()) {
            Removal removal = remove(
                    daemon.name(), daemon.job().filter(BuilderJob::keepState).isPresent());
            removals.add(daemon.job()
                    .map(job -> job.removed(daemon.name(), removal, files))
                    .orElse(removal));
        }
        return removals;
    }
}
