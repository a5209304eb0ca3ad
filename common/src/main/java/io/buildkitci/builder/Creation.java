package io.buildkitci.builder;

import java.util.List;
import java.util.Optional;

/** How {@link Builders#create} ended. */
public sealed interface Creation {
    /**
     * A new builder.
     *
     * @param previous what was the current builder before this one became it; empty when that did not change or is not
     *     known. {@link Builders#remove} takes it
     */
    record Created(BuilderSummary builder, Optional<String> previous) implements Creation {}

    /** A builder that was there and is just what was asked for; with the docker driver, the engine itself. */
    record Reused(BuilderSummary builder, Optional<String> previous) implements Creation {}

    /**
     * There is something else of that name, or the engine cannot be what was asked for. Nothing was changed.
     *
     * @param differences a clause each: {@code driver-opts network: has host, asked for bridge}
     */
    record Refused(String name, List<String> differences, String advice) implements Creation {
        public Refused {
            differences = List.copyOf(differences);
        }
    }

    /**
     * It could not be made. What had been made of it is removed again.
     *
     * @param left what could not be removed again; normally empty
     */
    record Failed(BuilderFailure failure, List<String> left) implements Creation {
        public Failed {
            left = List.copyOf(left);
        }
    }
}
