package io.buildkitci.plan;

import io.buildkitci.model.DaemonAddress;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to build with, probed once before anything is planned.
 *
 * @param client what carries the build out
 * @param builder the builder that the request named, or the current one
 * @param emulators architectures that this machine's kernel emulates, by interpreter path; empty where it was not asked
 * @param proxies with a password, which the client adds to every build by itself
 */
public record Capabilities(
        Client client, BuilderFacts builder, Map<String, String> emulators, List<ConfiguredProxy> proxies) {
    public Capabilities {
        emulators = Map.copyOf(emulators);
        proxies = List.copyOf(proxies);
    }

    public Capabilities(Client client, BuilderFacts builder, Map<String, String> emulators) {
        this(client, builder, emulators, List.of());
    }

    /** The same where Docker's configuration names proxies. */
    public Capabilities with(List<ConfiguredProxy> configured) {
        return new Capabilities(client, builder, emulators, configured);
    }

    /** The program that carries a build out. */
    public sealed interface Client {
        /** How it is called. */
        List<String> command();

        /** Empty when it was not asked or does not say. */
        Optional<Version> version();
    }

    /**
     * The buildx client.
     *
     * @param command how it is called: the plugin's own path, or {@code docker buildx}
     * @param version empty when it was not asked or does not say
     */
    public record Buildx(List<String> command, Optional<Version> version) implements Client {
        public Buildx {
            command = List.copyOf(command);
        }
    }

    /**
     * BuildKit's own client.
     *
     * @param sources what it is to say of the build's sources, which buildx finds out by itself
     */
    public record Buildctl(List<String> command, Optional<Version> version, DaemonAddress daemon, LocalSources sources)
            implements Client {
        public Buildctl {
            command = List.copyOf(command);
        }
    }

    /** A docker command line of before buildx, whose {@code docker build} has the engine's BuildKit build. */
    public record DockerBuild(List<String> command, Optional<Version> version) implements Client {
        public DockerBuild {
            command = List.copyOf(command);
        }
    }

    /**
     * What of a build's sources is on this machine.
     *
     * @param directories those of the request's contexts that are directories here, as they were given
     * @param repository the git repository that the main context lies in; empty when it lies in none
     */
    public record LocalSources(Set<String> directories, Optional<Repository> repository) {
        public LocalSources {
            directories = Set.copyOf(directories);
        }
    }

    /**
     * A git repository.
     *
     * @param revision of what is checked out; empty before the first commit
     * @param remote its address, without credentials
     * @param paths directory of a source, as it was given, to its path below the repository's root
     */
    public record Repository(Optional<String> revision, Optional<String> remote, Map<String, String> paths) {
        public Repository {
            paths = Map.copyOf(paths);
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
