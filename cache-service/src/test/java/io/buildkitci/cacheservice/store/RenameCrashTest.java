package io.buildkitci.cacheservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that is killed while it renames a namespace. */
class RenameCrashTest {
    @TempDir
    Path directory;

    @BeforeEach
    void fill() throws Exception {
        try (Shelf shelf = new Shelf(directory.resolve("store"), Limits.of(1 << 30, 1 << 30))) {
            shelf.putBlob("even", "main", "layer");
        }
        RenamedForever.fill(directory, Shelf.sha256("layer"), 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 175, 300, 425})
    void afterAKillAllEntriesHaveTheSameName(int millis) throws Exception {
        Process process = new ProcessBuilder(
                        RenamedForever.java().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RenamedForever.class.getName(),
                        directory.toString())
                .inheritIO()
                .start();
        while (process.isAlive() && !Files.exists(directory.resolve(RenamedForever.READY))) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly().waitFor();

        try (Shelf shelf = new Shelf(directory.resolve("store"), Limits.of(1 << 30, 1 << 30))) {
            assertThat(shelf.store().stats().namespaces())
                    .singleElement()
                    .satisfies(all -> assertThat(all.entries()).isEqualTo(RenamedForever.ENTRIES + 1));
        }
    }
}
