package io.buildkitci.action.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The processes of one person's folder, looked at again and again until closed: what they were called with, and had. */
final class SampledProcesses implements AutoCloseable {
    private static final long PAUSE_MILLIS = 10;

    private final String folder;
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final Thread sampler = new Thread(this::sample, "sampler");
    private volatile boolean over;

    SampledProcesses(Path folder) {
        this.folder = folder.toString();
        sampler.start();
    }

    private void sample() {
        while (!over) {
            try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
                entries.filter(p -> p.getFileName().toString().matches("\\d+")).forEach(this::look);
                Thread.sleep(PAUSE_MILLIS);
            } catch (IOException e) {
                // the next look sees more
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look(Path process) {
        String arguments = text(process.resolve("cmdline"));
        String environment = text(process.resolve("environ"));
        boolean ofTheFolder = arguments.contains(folder) || environment.contains(folder);
        if (ofTheFolder && !arguments.isEmpty()) {
            seen.merge(
                    arguments.replace('\0', ' '), environment, (one, other) -> one.contains(other) ? one : one + other);
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException gone) {
            return "";
        }
    }

    /** Everything that was called, in no order. */
    List<String> commandLines() {
        return List.copyOf(seen.keySet());
    }

    /** Those in whose environment a text was. */
    List<String> having(String text) {
        return seen.entrySet().stream()
                .filter(process -> process.getValue().contains(text))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() {
        over = true;
        try {
            sampler.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
