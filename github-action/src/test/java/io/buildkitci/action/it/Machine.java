package io.buildkitci.action.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The processes of this machine as the kernel tells them, those in containers too. */
final class Machine {
    private Machine() {}

    /** A program of this machine by its name. */
    static Path onPath(String name) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1))
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " on this machine"));
    }

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

    /** Whether it goes on; one that has ended and that nobody has buried yet does not. */
    static boolean lives(ProcessHandle process) {
        try {
            return !Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                    .matches("(?s).*\\) [ZX] .*");
        } catch (IOException gone) {
            return false;
        }
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
