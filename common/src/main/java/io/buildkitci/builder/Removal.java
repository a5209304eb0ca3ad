package io.buildkitci.builder;

import java.util.List;

/** How {@link Builders#remove} ended. */
public sealed interface Removal {
    /**
     * Nothing of the builder is left, but for its state where that was to be kept.
     *
     * @param forced containers and volumes that buildx had left behind and that were then removed by name
     * @param verified whether the engine was asked; it is not without a {@code docker} program
     */
    record Removed(String name, List<String> forced, boolean verified) implements Removal {
        public Removed {
            forced = List.copyOf(forced);
        }
    }

    /** There is no builder of that name. */
    record Unknown(String name) implements Removal {}

    /** It is no builder of buildx' own, but an engine. Nothing was changed. */
    record Refused(String name, String reason) implements Removal {}

    /**
     * Something of it is or may be left.
     *
     * @param left containers and volumes
     */
    record Failed(BuilderFailure failure, List<String> left) implements Removal {
        public Failed {
            left = List.copyOf(left);
        }
    }
}
