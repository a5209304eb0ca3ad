package io.buildkitci.build;

import io.buildkitci.builder.Revived;
import java.util.Optional;

/** Makes builders again that vanished, for a host whose builds make use of builders that it made. */
@FunctionalInterface
public interface Revival {
    /** Of a host that sees to its builders in another way. */
    Revival NONE = (name, seen) -> new Revived.NotKnown(false);

    /**
     * @param seen {@link io.buildkitci.builder.BuilderStore#mark} of it when it was last there; empty when this build has
     *     not seen it
     */
    Revived revive(String name, Optional<String> seen) throws InterruptedException;
}
