package io.buildkitci.build;

import io.buildkitci.json.PlainJson;
import java.util.ArrayList;
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

    public Metadata {
        names = List.copyOf(names);
    }

    /** Reads the file's text; {@link #NONE} for a text that is no JSON object. */
    public static Metadata parse(String text) {
        PlainJson root = PlainJson.parse(text);
        return of(root, root.fields().isEmpty() ? "{}" : text);
    }

    /** Of one target among several. */
    static Metadata of(PlainJson root) {
        return of(root, "{}");
    }

    private static Metadata of(PlainJson root, String text) {
        return new Metadata(
                given(root.text("containerimage.digest")),
                given(root.object("containerimage.descriptor").text("mediaType")),
                given(root.text("containerimage.config.digest")),
                names(root.text("image.name")),
                given(root.text("buildx.build.ref")),
                text);
    }

    /** Whether the digest names an index, which lists a manifest for each platform. */
    public boolean isIndex() {
        String type = mediaType.orElse("");
        return type.endsWith("image.index.v1+json") || type.endsWith("manifest.list.v2+json");
    }

    private static List<String> names(String joined) {
        List<String> names = new ArrayList<>();
        for (String name : joined.split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
