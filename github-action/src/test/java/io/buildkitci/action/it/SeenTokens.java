package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The two tokens of a build that runs, as only its client's environment shows them. */
record SeenTokens(String read, String write) {
    private static final String READING = "ACTIONS_RESULTS_URL=";
    private static final String WRITING = "ACTIONS_RUNTIME_TOKEN=";

    /** Of the build on a builder. */
    static SeenTokens ofBuildx(String builder) throws IOException {
        for (Map.Entry<Long, String> process : Machine.commandLines().entrySet()) {
            if (process.getValue().contains("--builder " + builder)
                    && process.getValue().contains("rawjson")) {
                String environment = new String(
                        Files.readAllBytes(Path.of("/proc/" + process.getKey() + "/environ")), StandardCharsets.UTF_8);
                String address = variable(environment, READING);
                return new SeenTokens(
                        address.substring(address.indexOf("/r/") + 3, address.length() - 1),
                        variable(environment, WRITING));
            }
        }
        throw new AssertionError("no buildx builds on " + builder);
    }

    private static String variable(String environment, String name) {
        return Stream.of(environment.split("\0", -1))
                .filter(variable -> variable.startsWith(name))
                .map(variable -> variable.substring(name.length()))
                .findFirst()
                .orElseThrow();
    }

    boolean anyIn(String text, String lasting) {
        return Stream.of(read, write, lasting).anyMatch(text::contains);
    }

    /** The service takes neither any more. */
    void assertEnded(ServedCache cache) throws IOException, InterruptedException {
        assertThat(cache.status("/revoke", write)).isEqualTo(401);
        assertThat(cache.status("/revoke", read)).isEqualTo(401);
    }

    /** In what a builder in a container keeps. */
    void assertOnlyTheReadingOneIsKept(Builder builder, String lasting) throws IOException, InterruptedException {
        Path state = stateOf(builder);
        assertThat(FilesBelow.with(read, state))
                .as("the builder keeps the one that only read")
                .isNotEmpty();
        assertThat(FilesBelow.with(write, state)).isEmpty();
        assertThat(FilesBelow.with(lasting, state)).isEmpty();
    }

    /** All that a builder in a container keeps. */
    private Path stateOf(Builder builder) throws IOException, InterruptedException {
        Path copy = Files.createTempDirectory(builder.folder(), "state-");
        Said said = builder.commandLine()
                .docker("cp", "buildx_buildkit_" + builder.name() + "0:/var/lib/buildkit", copy.toString());
        assertThat(said.exit()).as(said.toString()).isZero();
        return copy;
    }
}
