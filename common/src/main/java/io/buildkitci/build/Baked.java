package io.buildkitci.build;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.model.Patience;
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
 * @param earlier runs that failed before this one, a sentence each
 * @param patience with all runs together
 */
public record Baked(
        Map<String, Finished> targets,
        Optional<BuildFailure> failure,
        List<String> answer,
        Optional<String> metadataJson,
        List<String> notes,
        List<String> earlier,
        Duration took,
        Patience patience)
        implements Ran<Baked> {
    public Baked {
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        answer = List.copyOf(answer);
        notes = List.copyOf(notes);
        earlier = List.copyOf(earlier);
    }

    @Override
    public Baked with(BuildFailure other) {
        return new Baked(targets, Optional.of(other), answer, metadataJson, notes, earlier, took, patience);
    }

    @Override
    public Baked after(List<String> others) {
        return new Baked(targets, failure, answer, metadataJson, notes, others, took, patience);
    }
}
