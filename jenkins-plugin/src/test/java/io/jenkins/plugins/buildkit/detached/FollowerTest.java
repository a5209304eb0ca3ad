package io.jenkins.plugins.buildkit.detached;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<ClientEnd> end = new CompletableFuture<>();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void withTheEndItTellsWhatTheClientLeft() throws Exception {
        Follower follower =
                new Follower((stream, line) -> lines.add(stream + " " + line), List.of("made", "id"), end::complete);
        Files.writeString(directory.resolve(ClientFiles.TRACE), "one\nt");
        follower.watch(new FilePath(directory.toFile()));
        Files.writeString(directory.resolve(ClientFiles.TRACE), "wo\n", StandardOpenOption.APPEND);
        Files.writeString(directory.resolve(ClientFiles.OUTPUT), "the answer");
        Files.writeString(directory.resolve("made"), "{\"ä\": 1}\n");
        Path unseen = Files.writeString(directory.resolve(ClientFiles.EXIT + ".tmp"), "3\n");
        Files.move(unseen, directory.resolve(ClientFiles.EXIT));

        ClientEnd ended = end.get(30, TimeUnit.SECONDS);
        assertThat(ended.status()).isEqualTo(OptionalInt.of(3));
        assertThat(ended.files()).isEqualTo(Map.of("made", Optional.of("{\"ä\": 1}\n"), "id", Optional.empty()));
        assertThat(lines).containsExactlyInAnyOrder("ERR one", "ERR two", "OUT the answer");
    }

    @Test
    void aClientWhoseFilesAreGoneHasAnUnknownEnd() throws Exception {
        Follower follower = new Follower((stream, line) -> lines.add(line), List.of("made"), end::complete);
        follower.watch(new FilePath(directory.resolve("gone").toFile()));

        assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo(ClientEnd.UNKNOWN);
    }
}
