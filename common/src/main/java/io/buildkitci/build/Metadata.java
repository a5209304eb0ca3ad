package io.buildkitci.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What buildx wrote to {@code --metadata-file}.
 *
 * @param digest of the image's index or, without one, its manifest; empty when no image was made
 * @param mediaType of what the digest names
 * @param configDigest of the image's configuration; only for a single platform
 * @param names references of the image, as pushed or stored
 * @param buildRef buildx's own reference of the build in the builder's history
 * @param json all of it, as written
 */
public record Metadata(
        Optional<String> digest,
        Optional<String> mediaType,
        Optional<String> configDigest,
        List<String> names,
        Optional<String> buildRef,
        String json) {
    /** Nothing was written. */
    public static final Metadata NONE =
            new Metadata(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty(), "{}");

    private static final ObjectMapper JSON = new ObjectMapper();

    public Metadata {
        names = List.copyOf(names);
    }

    /** Reads the file's text; {@link #NONE} for a text that is no JSON object. */
    public static Metadata parse(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (!root.isObject()) {
                return NONE;
            }
            return new Metadata(
                    text(root, "containerimage.digest"),
                    text(root.path("containerimage.descriptor"), "mediaType"),
                    text(root, "containerimage.config.digest"),
                    text(root, "image.name").map(Metadata::names).orElse(List.of()),
                    text(root, "buildx.build.ref"),
                    text);
        } catch (JsonProcessingException e) {
            return NONE;
        }
    }

    /** Whether the digest names an index, which lists a manifest for each platform. */
    public boolean isIndex() {
        return mediaType
                .map(t -> t.endsWith("image.index.v1+json") || t.endsWith("manifest.list.v2+json"))
                .orElse(false);
    }

    private static List<String> names(String joined) {
        return Arrays.stream(joined.split(","))
                .map(String::strip)
                .filter(n -> !n.isEmpty())
                .toList();
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asText("")).filter(v -> !v.isEmpty());
    }
}
