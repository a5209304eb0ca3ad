package io.buildkitci.cacheservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is killed while several of its threads store contents, again and again in one directory. */
class KilledWriterTest {
    @TempDir
    Path directory;

    /** Of small contents so many that the index has its room used again. */
    @ParameterizedTest
    @CsvSource({"20000, 30", "1, 800"})
    void whatItSaidWasKeptIsThereAndNothingElseIsLeft(String largest, int ofOneRound) throws Exception {
        Path said = Files.createFile(directory.resolve("said"));
        Path store = directory.resolve("store");
        int before = 0;
        for (int round = 1; round <= 4; round++) {
            Process process = new ProcessBuilder(
                            RenamedForever.java().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledWriter.class.getName(),
                            store.toString(),
                            largest)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            while (process.isAlive() && Files.readAllLines(said).size() < before + ofOneRound * round) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            assertThat(process.isAlive()).isTrue();
            process.destroyForcibly().waitFor();
            before = check(store, Files.readString(said, StandardCharsets.UTF_8));
        }
    }

    private static int check(Path directory, String said) throws Exception {
        List<String> kept = said.substring(0, said.lastIndexOf('\n')).lines().toList();
        try (Shelf shelf = new Shelf(directory, KilledWriter.LIMITS)) {
            for (String line : kept) {
                String[] words = line.split(" ", -1);
                EntryKey key = new EntryKey("job", words[0], Shelf.VERSION, words[1]);
                assertThat(shelf.get(key))
                        .hasValueSatisfying(content -> assertThat(Shelf.sha256(content))
                                .isEqualTo(key.digest().orElseThrow()));
            }
            assertThat(shelf.store().verify()).isZero();
            int entries = shelf.store().stats().namespaces().get(0).entries();
            assertThat(entries).isBetween(kept.size(), kept.size() + 3 * 4); // finished, and not said any more
            assertThat(files(directory.resolve("blobs"))).isEqualTo(entries);
            assertThat(files(directory.resolve("uploads")) + files(directory.resolve("trash")))
                    .isZero();
        }
        return kept.size();
    }

    private static int files(Path directory) throws Exception {
        try (Stream<Path> walk = Files.walk(directory)) {
            return (int) walk.filter(Files::isRegularFile).count();
        }
    }
}
