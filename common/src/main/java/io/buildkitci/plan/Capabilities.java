package io.buildkitci.plan;

import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to build with, probed once before anything is planned.
 *
 * @param buildx the client
 * @param builder the builder that the request named, or the current one
 * @param emulators architectures that this machine's kernel emulates, by interpreter path; empty where it was not asked
 */
public record Capabilities(Buildx buildx, BuilderFacts builder, Map<String, String> emulators) {
    public Capabilities {
        emulators = Map.copyOf(emulators);
    }

    /**
     * The buildx client.
     *
     * @param command how it is called: the plugin's own path, or {@code docker buildx}
     * @param version empty when it was not asked or does not say
     */
    public record Buildx(List<String> command, Optional<Version> version) {
        public Buildx {
            command = List.copyOf(command);
        }
    }

    /**
     * A builder.
     *
     * @param driver empty for a driver we do not know
     * @param containerdStore for the docker driver: whether the engine keeps images in containerd; empty when it was
     *     not asked
     */
    public record BuilderFacts(
            String name, Optional<Driver> driver, Optional<Boolean> containerdStore, List<NodeFacts> nodes) {
        public BuilderFacts {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * One node.
     *
     * @param status buildx's word: {@code running}, {@code inactive}, {@code stopped} …
     * @param buildkit version of its daemon as it says itself; empty when it is not running
     * @param platforms what it advertises, its own first, then what it emulates; those we know
     */
    public record NodeFacts(
            String name, String endpoint, String status, Optional<String> buildkit, List<Platform> platforms) {
        public NodeFacts {
            platforms = List.copyOf(platforms);
        }
    }
}
