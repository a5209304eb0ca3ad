package hudson;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Ends processes of this machine as Jenkins does: those below first, each asked, and killed when it does not end. */
final class Slayer {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private Slayer() {}

    static void end(ProcessHandle process) throws InterruptedException {
        end(process, System.nanoTime() + PATIENCE);
    }

    private static void end(ProcessHandle process, long deadline) throws InterruptedException {
        for (ProcessHandle child : process.children().toList()) {
            end(child, deadline);
        }
        process.destroy();
        while (process.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        process.destroyForcibly();
    }

    /** Those that have all these variables, as far as the system shows it. */
    static void endAll(Map<String, String> variables) throws InterruptedException {
        Set<String> lines = variables.entrySet().stream()
                .map(v -> v.getKey() + "=" + v.getValue())
                .collect(Collectors.toSet());
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            if (environment(process.pid()).containsAll(lines)) {
                end(process);
            }
        }
    }

    private static List<String> environment(long pid) {
        try {
            String all = Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
            return Arrays.asList(all.split("\0", -1));
        } catch (IOException e) {
            return List.of();
        }
    }
}
