package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files that builds write, looked at for being whole. */
final class WholeFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private WholeFiles() {}

    /** Path to digest of every file below; of a file itself, under an empty path; nothing where there is none. */
    static Map<String, String> of(Path path) throws IOException {
        Map<String, String> found = new TreeMap<>();
        if (!Files.exists(path)) {
            return found;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                found.put(path.relativize(file).toString(), Registry.digest(Files.readAllBytes(file)));
            }
        }
        return found;
    }

    /** Every image index below leads to contents that are there, and are what their digests say. */
    static void assertLayoutsAreWhole(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path index : all.filter(file -> file.endsWith("index.json")).toList()) {
                assertWhole(Objects.requireNonNull(index.getParent()), JSON.readTree(index.toFile()));
            }
        }
    }

    /** So does the index of this one, where there is one; what is hidden in it is not of it. */
    static void assertLayoutIsWhole(Path layout) throws IOException {
        Path index = layout.resolve("index.json");
        if (Files.exists(index)) {
            JsonNode named = JSON.readTree(index.toFile());
            assertThat(named.path("manifests")).isNotEmpty();
            assertWhole(layout, named);
        }
    }

    private static void assertWhole(Path layout, JsonNode node) throws IOException {
        for (String list : new String[] {"manifests", "layers"}) {
            for (JsonNode descriptor : node.path(list)) {
                assertWhole(layout, descriptor.path("digest").asText(), list.equals("manifests"));
            }
        }
        if (node.has("config")) {
            assertWhole(layout, node.at("/config/digest").asText(), false);
        }
    }

    private static void assertWhole(Path layout, String digest, boolean manifest) throws IOException {
        Path blob = layout.resolve("blobs/" + digest.replace(':', '/'));
        assertThat(blob).exists();
        byte[] content = Files.readAllBytes(blob);
        assertThat(Registry.digest(content)).as(blob.toString()).isEqualTo(digest);
        if (manifest) {
            assertWhole(layout, JSON.readTree(content));
        }
    }

    /** A tar to its end, in a directory; its own program finds what is cut off. */
    static Path unpacked(Path tar, Path into) throws IOException, InterruptedException {
        Files.createDirectories(into);
        Process process = new ProcessBuilder("tar", "-xf", tar.toString(), "-C", into.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(tar + ": " + said).isZero();
        return into;
    }
}
