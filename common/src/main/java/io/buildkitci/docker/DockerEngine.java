package io.buildkitci.docker;

import java.util.List;
import java.util.Optional;

/** A Docker Engine. */
public interface DockerEngine {
    /** What the engine says of itself, or why it did not answer. */
    Answer info() throws InterruptedException;

    /**
     * Runs a container to its end, with all privileges, and removes it.
     *
     * @param image reference of its image; pulled when it is missing
     */
    Ran runPrivileged(String image, List<String> arguments) throws InterruptedException;

    /** An answer or the reason why there is none. */
    sealed interface Answer {}

    /**
     * An engine that answered.
     *
     * @param version of the server
     * @param operatingSystem the engine's own description, for example {@code Docker Desktop}
     * @param osType {@code linux} or {@code windows}
     * @param containerdStore whether images are in containerd (multi-platform images, cache export)
     * @param rootless whether it runs without root
     * @param product what it is a part of
     */
    record Info(
            String version,
            String operatingSystem,
            String osType,
            String architecture,
            boolean containerdStore,
            boolean rootless,
            EngineProduct product)
            implements Answer {}

    /** No answer, and the client's own words why. */
    record Unreachable(String reason) implements Answer {}

    /** What a container did: its exit status (empty when it could not be started) and everything it said. */
    record Ran(Optional<Integer> status, String output) {}
}
