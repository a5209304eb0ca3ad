package io.buildkitci.build;

import io.buildkitci.json.PlainJson;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The manifests of an OCI image index or Docker manifest list, by platform; attestations are left out. */
final class ImageIndex {
    private ImageIndex() {}

    /** Platform to digest in the index's order; empty when the text is no index. */
    static Optional<Map<Platform, String>> parse(String text) {
        PlainJson root = PlainJson.parse(text);
        if (!root.has("manifests")) {
            return Optional.empty();
        }
        Map<Platform, String> digests = new LinkedHashMap<>();
        for (PlainJson manifest : root.objects("manifests")) {
            String digest = manifest.text("digest");
            Optional<Platform> platform = platform(manifest.object("platform"));
            if (platform.isPresent() && !digest.isEmpty()) {
                digests.put(platform.get(), digest);
            }
        }
        return Optional.of(digests);
    }

    /** Attestation manifests say {@code unknown/unknown}, which is no platform. */
    private static Optional<Platform> platform(PlainJson node) {
        String variant = node.text("variant");
        String text = node.text("os") + "/" + node.text("architecture") + (variant.isEmpty() ? "" : "/" + variant);
        try {
            return Optional.of(Platform.parse(text));
        } catch (InvalidValue unknown) {
            return Optional.empty();
        }
    }
}
