package io.buildkitci.report;

import io.buildkitci.model.ImageRef;
import io.buildkitci.model.Platform;
import java.util.List;
import java.util.Optional;

/**
 * The image that a build made.
 *
 * @param digest of its index or manifest; empty when the exporter gave none
 * @param imageId digest of its configuration; empty for several platforms
 * @param pushed whether its tags are in their registries now
 */
public record Image(
        Optional<String> digest,
        Optional<String> imageId,
        List<ImageRef> tags,
        List<PlatformDigest> platforms,
        boolean pushed) {
    public Image {
        tags = List.copyOf(tags);
        platforms = List.copyOf(platforms);
    }

    /** One platform's manifest. */
    public record PlatformDigest(Platform platform, String digest) {}

    /** What to type to get exactly this image; empty when it is in no registry. */
    public Optional<String> pullCommand() {
        return pushed
                ? digest.flatMap(known -> tags.stream()
                        .findFirst()
                        .map(tag -> "docker pull " + tag.at(known).render()))
                : Optional.empty();
    }
}
