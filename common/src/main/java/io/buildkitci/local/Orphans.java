package io.buildkitci.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Programs that a killed process of ours had started and that run on without it. They are known by the private directory
 * of that process among their arguments, where buildx writes its metadata, or in their environment. The directory's name is
 * unguessable, so that nothing else has it.
 */
final class Orphans {
    /** What buildx needs to cancel a build at its builder. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Orphans() {}

    /** Ends those of a directory whose own process is dead. */
    static void end(Path workspace) {
        List<ProcessHandle> orphans = ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> commandLine(process).contains(workspace + "/")
                        || told(process, "environ").contains(workspace + "/"))
                .toList();
        orphans.forEach(orphan -> new ProcessTree(orphan).end(GRACE));
    }

    /** Of Linux whole; what Java tells of it is cut after a page. */
    private static String commandLine(ProcessHandle process) {
        String told = told(process, "cmdline");
        return told.isEmpty() ? process.info().commandLine().orElse("") : told;
    }

    /** What Linux tells of a process; empty elsewhere and for those of others. */
    private static String told(ProcessHandle process, String what) {
        try {
            Path file = Path.of("/proc", Long.toString(process.pid()), what);
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException notThere) {
            return "";
        }
    }
}
