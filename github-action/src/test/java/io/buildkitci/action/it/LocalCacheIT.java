package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The local cache is never lost by a build that goes wrong, and does not grow for ever. */
class LocalCacheIT {
    private static final int PAGE = 200_000;

    @AutoClose
    private static final Builder BUILDER = Builder.of(Driver.DOCKER_CONTAINER);

    private final String nonce = CommandLine.fresh();
    private final Path directory = BUILDER.folder().resolve("cache-" + nonce);
    private final String[] arguments = {
        "--tags", "its/local:" + nonce, "--cache", "local=" + directory, "--outputs", "type=cacheonly", "--json"
    };

    private Path context(String lastStep) throws IOException {
        return BUILDER.context("FROM BASE\nRUN echo %s > /first\nRUN %s\n".formatted(nonce, lastStep));
    }

    @Test
    void aFailingBuildKeepsTheOldCache() throws Exception {
        JsonNode good =
                BUILDER.build(context("echo second > /second"), arguments).built();
        Map<String, String> before = contents(directory);

        Said bad = BUILDER.build(context("exit 7"), arguments);
        Map<String, String> after = contents(directory);
        BUILDER.renew();
        JsonNode again =
                BUILDER.build(context("echo second > /second"), arguments).built();

        assertThat(Reported.steps(good)).containsExactly(2, 0, 2);
        assertThat(bad.exit()).isEqualTo(1);
        assertThat(after).isEqualTo(before);
        assertThat(Reported.steps(again)).containsExactly(2, 2, 0);
    }

    @Test
    void aKilledBuildKeepsTheOldCacheAndTheNextOneTidiesUp() throws Exception {
        BUILDER.build(context("echo second > /second"), arguments).built();
        Map<String, String> before = contents(directory);

        String mark = "tick-" + CommandLine.fresh();
        Path abandoned;
        try (Running running = BUILDER.startBuild(
                BUILDER.commandLine(), context("while :; do echo " + mark + "; sleep 1; done"), arguments)) {
            running.awaitErr("| " + mark);
            abandoned = onlyWorkspace();
            running.signal("KILL");
            running.end();
        }
        Machine.awaitNone(mark);
        Map<String, String> after = contents(directory);
        // what the export leaves that is cut off
        Path scope = scopes(directory).get(0);
        Path half = Files.createDirectories(
                scope.resolveSibling("." + scope.getFileName() + ".fresh-" + abandoned.getFileName()));
        Files.writeString(half.resolve("index.json"), "{");
        JsonNode again =
                BUILDER.build(context("echo second > /second"), arguments).built();

        assertThat(after).isEqualTo(before);
        assertThat(Reported.steps(again)).containsExactly(2, 2, 0);
        assertThat(contents(directory)).hasSameSizeAs(before);
        assertThat(half).doesNotExist();
        assertThat(abandoned).doesNotExist();
    }

    @Test
    void fiveChangesDoNotMakeItFiveTimesAsLarge() throws Exception {
        Path context = BUILDER.context("FROM BASE\nRUN echo %s > /first\nCOPY page /page\n".formatted(nonce));
        Random random = new Random(7);
        List<Long> sizes = new ArrayList<>();

        for (int i = 0; i < 5; i++) {
            byte[] page = new byte[PAGE];
            random.nextBytes(page);
            Files.write(context.resolve("page"), page);
            BUILDER.build(context, arguments).built();
            sizes.add(size(directory));
        }

        long first = sizes.get(0);
        assertThat(sizes).allSatisfy(size -> assertThat(size).isBetween(first - PAGE / 4, first + PAGE / 4));
        assertThat(scopes(directory)).hasSize(1);
    }

    private static Path onlyWorkspace() throws IOException {
        try (Stream<Path> all = Files.list(BUILDER.commandLine().temporary())) {
            List<Path> workspaces = all.filter(Files::isDirectory)
                    .filter(path -> path.getFileName().toString().startsWith("buildkit-ci-"))
                    .toList();
            assertThat(workspaces).hasSize(1);
            return workspaces.get(0);
        }
    }

    /** Every cache below the directory, hidden ones too. */
    private static List<Path> scopes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().equals("index.json"))
                    .map(Path::getParent)
                    .toList();
        }
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (Path file : files(directory)) {
            contents.put(directory.relativize(file).toString(), Registry.digest(Files.readAllBytes(file)));
        }
        return contents;
    }

    private static long size(Path directory) throws IOException {
        long size = 0;
        for (Path file : files(directory)) {
            size += Files.size(file);
        }
        return size;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
