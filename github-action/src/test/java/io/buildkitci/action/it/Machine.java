package io.buildkitci.action.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The processes of this machine as the kernel tells them, those in containers too. */
final class Machine {
    private Machine() {}

    /** Process id to command line, arguments apart by spaces, of every process but this one. */
    static Map<Long, String> commandLines() throws IOException {
        Map<Long, String> lines = new TreeMap<>();
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            List<Path> processes = entries.filter(
                            p -> p.getFileName().toString().matches("\\d+"))
                    .toList();
            for (Path process : processes) {
                long id = Long.parseLong(process.getFileName().toString());
                if (id != ProcessHandle.current().pid()) {
                    lines.put(id, commandLine(process));
                }
            }
        }
        return lines;
    }

    private static String commandLine(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8)
                    .replace('\0', ' ');
        } catch (IOException gone) {
            return "";
        }
    }

    static boolean runs(String mark) throws IOException {
        return commandLines().values().stream().anyMatch(line -> line.contains(mark));
    }

    /** Waits until a process whose command line has this text runs. */
    static void awaitOne(String mark) throws InterruptedException {
        Await.until("a process with " + mark, () -> runs(mark));
    }

    /** Waits until no process whose command line has this text runs. */
    static void awaitNone(String mark) throws InterruptedException {
        Await.until("the end of every process with " + mark, () -> !runs(mark));
    }
}
