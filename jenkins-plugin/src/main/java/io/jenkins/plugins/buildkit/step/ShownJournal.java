package io.jenkins.plugins.buildkit.step;

import io.buildkitci.console.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What the log shows of a build that runs, in a file beside that log on the controller: written with every line shown, so
 * that it is right after a controller that was killed, too.
 */
final class ShownJournal {
    private final Path file;

    /** @param build directory of the build on the controller */
    ShownJournal(Path build, String id) {
        this.file = build.resolve("buildkit-" + id + ".shown");
    }

    /** A journal that cannot be written costs repeated lines after a restart, no build. */
    Shown open() {
        List<String> entries;
        try {
            entries = Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            entries = List.of();
        }
        return Shown.after(entries, this::write);
    }

    private void write(String entry) {
        try {
            Files.write(
                    file,
                    (entry + "\n").getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            // a full disk; the log itself is what people will miss
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // it goes with the build's directory
        }
    }
}
