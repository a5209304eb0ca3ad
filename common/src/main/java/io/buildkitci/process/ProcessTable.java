package io.buildkitci.process;

import java.nio.file.Path;
import java.util.Optional;

/** What Linux tells in {@code /proc} of processes; on other systems it tells of none. */
public final class ProcessTable {
    private static final int PARENT = 1;
    private static final int STARTED = 19;

    private final HostFiles files;

    public ProcessTable(HostFiles files) {
        this.files = files;
    }

    /** The process that we are in. */
    public Optional<Long> ours() {
        return files.read(Path.of("/proc/self/stat"))
                .map(stat -> stat.substring(0, Math.max(0, stat.indexOf(' '))))
                .filter(pid -> pid.matches("\\d{1,18}"))
                .map(Long::parseLong);
    }

    /**
     * When a process was started, in ticks since the machine was; empty when there is none of that number, or only what is left
     * of one.
     */
    public Optional<String> started(long pid) {
        return field(pid, STARTED);
    }

    public Optional<Long> parent(long pid) {
        return field(pid, PARENT).map(Long::parseLong);
    }

    /** The program's name as it was called; empty text where that is not told. */
    public String program(long pid) {
        String called = files.read(Path.of("/proc/" + pid + "/cmdline")).orElse("");
        String program = called.substring(0, Math.max(0, called.indexOf('\0')));
        return program.substring(program.lastIndexOf('/') + 1);
    }

    /** What stands behind the name, which may hold anything. */
    private Optional<String> field(long pid, int index) {
        return files.read(Path.of("/proc/" + pid + "/stat")).flatMap(stat -> {
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
            boolean ended = fields.length <= STARTED || fields[0].equals("Z") || fields[0].equals("X");
            return ended ? Optional.empty() : Optional.of(fields[index]);
        });
    }
}
