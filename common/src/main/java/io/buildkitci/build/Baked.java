package io.buildkitci.build;

import io.buildkitci.failure.BuildFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of the targets of a bake definition.
 *
 * @param targets by their names, in the definition's order
 * @param failure of the whole, named after the target that it is of; empty when all did what was asked
 * @param answer what was asked of the Dockerfiles instead of building them
 * @param metadataJson what buildx wrote of the images, by target; empty when it wrote nothing
 * @param notes what a person should know besides
 */
public record Baked(
        Map<String, Finished> targets,
        Optional<BuildFailure> failure,
        List<String> answer,
        Optional<String> metadataJson,
        List<String> notes,
        Duration took) {
    public Baked {
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        answer = List.copyOf(answer);
        notes = List.copyOf(notes);
    }
}
