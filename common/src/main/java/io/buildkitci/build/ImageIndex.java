package io.buildkitci.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The manifests of an OCI image index or Docker manifest list, by platform; attestations are left out. */
final class ImageIndex {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ImageIndex() {}

    /** Platform to digest in the index's order; empty when the text is no index. */
    static Optional<Map<Platform, String>> parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!root.path("manifests").isArray()) {
            return Optional.empty();
        }
        Map<Platform, String> digests = new LinkedHashMap<>();
        for (JsonNode manifest : root.path("manifests")) {
            String digest = manifest.path("digest").asText("");
            platform(manifest.path("platform")).filter(p -> !digest.isEmpty()).ifPresent(p -> digests.put(p, digest));
        }
        return Optional.of(digests);
    }

    /** Attestation manifests say {@code unknown/unknown}, which is no platform. */
    private static Optional<Platform> platform(JsonNode node) {
        String variant = node.path("variant").asText("");
        String text = node.path("os").asText("") + "/"
                + node.path("architecture").asText("") + (variant.isEmpty() ? "" : "/" + variant);
        try {
            return Optional.of(Platform.parse(text));
        } catch (InvalidValue unknown) {
            return Optional.empty();
        }
    }
}
