package io.buildkitci.builder;

import io.buildkitci.json.PlainJson;
import io.buildkitci.process.HostFiles;
import io.buildkitci.process.ProcessTable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The process of a runner that a job runs below: it is there as long as the job is. That of GitHub's runner is the job's own,
 * those of others may have run jobs before and may run some afterwards.
 *
 * @param machine empty where it has no identity
 * @param host its name, or that of the container
 * @param boot of that machine
 * @param first when the first process of the namespace started that the number is of
 * @param started likewise, for the process itself: see {@link ProcessTable#started}
 */
public record JobProcess(String machine, String host, String boot, String first, long pid, String started) {
    /** Programs that start the steps of a job as their own children, by the names that their projects give them. */
    private static final Set<String> RUNNERS =
            Set.of("Runner.Worker", "act", "gh-act", "act_runner", "gitea-runner", "forgejo-runner");

    /** The first process of a machine starts with it, that of a container hardly ever does. */
    private static final String OF_A_MACHINE = "\\d{1,3}";

    /** The one that we are below; empty where there is none, or where its number is one of a container's. */
    static Optional<JobProcess> above(HostFiles files) {
        ProcessTable table = new ProcessTable(files);
        Optional<Long> pid = table.ours();
        while (pid.isPresent() && !RUNNERS.contains(table.program(pid.get()))) {
            pid = pid.flatMap(table::parent).filter(parent -> parent > 0);
        }
        return pid.flatMap(worker -> table.started(worker).map(started -> here(files, table, worker, started)))
                .filter(process -> !process.boot().isEmpty() && !process.first().isEmpty());
    }

    private static JobProcess here(HostFiles files, ProcessTable table, long pid, String started) {
        return new JobProcess(
                line(files, "/etc/machine-id"),
                line(files, "/proc/sys/kernel/hostname"),
                line(files, "/proc/sys/kernel/random/boot_id"),
                table.started(1).orElse(""),
                pid,
                started);
    }

    private static String line(HostFiles files, String file) {
        return files.read(Path.of(file)).orElse("").strip();
    }

    /**
     * Whether the job is certainly over: its process has ended, or its machine was started again. Of a process in another
     * container or on another machine nothing is known.
     */
    boolean isOver(HostFiles files) {
        ProcessTable table = new ProcessTable(files);
        JobProcess now = here(files, table, pid, table.started(pid).orElse(""));
        if (boot.equals(now.boot)) {
            return host.equals(now.host) && first.equals(now.first) && !started.equals(now.started);
        }
        return !now.boot.isEmpty() && !machine.isEmpty() && machine.equals(now.machine) && first.matches(OF_A_MACHINE);
    }

    /** As JSON has it. */
    Map<String, Object> fields() {
        return Map.of("machine", machine, "host", host, "boot", boot, "first", first, "pid", pid, "started", started);
    }

    /** From JSON; empty where there is none. */
    static Optional<JobProcess> parse(PlainJson json) {
        return json.wholeNumber("pid")
                .map(pid -> new JobProcess(
                        json.text("machine"),
                        json.text("host"),
                        json.text("boot"),
                        json.text("first"),
                        pid,
                        json.text("started")))
                .filter(process -> !process.boot.isEmpty() && !process.first.isEmpty() && !process.started.isEmpty());
    }
}
