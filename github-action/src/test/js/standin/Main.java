package io.buildkitci.action;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import sun.misc.Signal;

/** Stands in for the jar: says how it was started, then does what STAND_IN_MAIN, _POST or _REHEARSE tells. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        String stage = arguments[arguments.length - 1];
        mark(stage + " " + ProcessHandle.current().pid());
        if (!stage.equals("rehearse")) {
            System.out.println("command=" + read("/proc/self/cmdline").replace('\0', ' ').strip());
            System.out.println("archive=" + read("/proc/self/maps").contains("/buildkit-ci/"));
        }
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            if (variable.getKey().matches("(INPUT|ACTIONS|GITHUB|STATE)_.*")) {
                mark(stage + " has " + variable.getKey() + "=" + variable.getValue());
            }
        }
        String place = System.getenv().getOrDefault("XDG_RUNTIME_DIR", System.getProperty("java.io.tmpdir"));
        mark(stage + " keeps files in " + place);
        act(System.getenv().getOrDefault("STAND_IN_" + stage.toUpperCase(java.util.Locale.ROOT), "exit 0").split(" "));
    }

    private static void act(String[] words) throws Exception {
        switch (words[0]) {
            case "exit" -> System.exit(Integer.parseInt(words[1]));
            case "kill-itself" -> {
                new ProcessBuilder("/bin/sh", "-c", "kill -KILL " + ProcessHandle.current().pid()).start();
                Thread.sleep(600_000);
            }
            case "wait-for-signal" -> waitForSignal();
            case "ignore-interrupt" -> {
                Signal.handle(new Signal("INT"), signal -> System.out.println("interrupted"));
                waitForSignal();
            }
            case "wait-for-archive" -> {
                while (!archived(Path.of(words[1]))) {
                    Thread.sleep(20);
                }
            }
            case "wait-for-mark" -> {
                while (!Files.readString(Path.of(System.getenv("STAND_IN_MARKS"))).contains(words[1])) {
                    Thread.sleep(20);
                }
            }
            case "start-another" -> {
                Process another = new ProcessBuilder("/bin/sleep", "600").start();
                mark("another " + another.pid());
                another.waitFor();
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static void waitForSignal() throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            System.out.println("ended its work");
        }));
        System.out.println("ready");
        Thread.sleep(600_000);
    }

    /** An archive is there when a file has its size as its name; its folder's name, a digest, can be of digits only, too. */
    private static boolean archived(Path cache) throws IOException {
        if (!Files.isDirectory(cache)) {
            return false;
        }
        try (Stream<Path> files = Files.find(cache, 2, (file, is) -> is.isRegularFile()
                && file.getFileName().toString().equals(String.valueOf(is.size())))) {
            return files.findAny().isPresent();
        } catch (UncheckedIOException goneMeanwhile) {
            return false;
        }
    }

    private static void mark(String line) throws IOException {
        String marks = System.getenv("STAND_IN_MARKS");
        if (marks != null) {
            Files.write(Path.of(marks), List.of(line), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file));
    }
}
