package io.buildkitci.model;

import java.util.List;
import java.util.Optional;

/**
 * One build, as asked for; every value is valid and every rule between them holds.
 *
 * @param source what is built
 * @param platforms for what; empty means the builder's own
 * @param naming what the result is called
 * @param delivery where the result goes
 * @param caching what is taken from and put into caches
 * @param handed what the build may see of the caller's secrets and keys
 * @param attestations what is attested
 * @param sandbox what steps may do and get
 * @param means what builds it
 * @param patience how often it may be run and how long it may take
 */
public record BuildRequest(
        Source source,
        List<Platform> platforms,
        Naming naming,
        Delivery delivery,
        Caching caching,
        Handed handed,
        Attestations attestations,
        Sandbox sandbox,
        Means means,
        Patience patience) {

    public BuildRequest {
        platforms = List.copyOf(platforms);
    }

    /** The same request with other caches. */
    public BuildRequest withCaching(Caching other) {
        return new BuildRequest(
                source, platforms, naming, delivery, other, handed, attestations, sandbox, means, patience);
    }

    /** The same request with its result going elsewhere. */
    public BuildRequest withDelivery(Delivery other) {
        return new BuildRequest(
                source, platforms, naming, other, caching, handed, attestations, sandbox, means, patience);
    }

    /** The same request, its context called in another way. */
    public BuildRequest withContext(String context) {
        Source other = new Source(
                context, source.file(), source.target(), source.buildArgs(), source.buildContexts(), source.call());
        return new BuildRequest(
                other, platforms, naming, delivery, caching, handed, attestations, sandbox, means, patience);
    }

    /** The same request, built by other means. */
    public BuildRequest withMeans(Means other) {
        return new BuildRequest(
                source, platforms, naming, delivery, caching, handed, attestations, sandbox, other, patience);
    }

    /** The same request, run with other patience. */
    public BuildRequest withPatience(Patience other) {
        return new BuildRequest(
                source, platforms, naming, delivery, caching, handed, attestations, sandbox, means, other);
    }

    /** The same request for another builder. */
    public BuildRequest withBuilder(String name) {
        return withMeans(new Means(Optional.of(name), means.client(), false));
    }

    /** The builder's name; empty means the current one. */
    public Optional<String> builder() {
        return means.builder();
    }

    /**
     * What is built.
     *
     * @param context directory or URL
     * @param file the Dockerfile; empty means the context's own
     * @param target stage; empty means the last
     * @param call what the frontend is asked for ({@code build}, {@code check}, {@code outline} …); empty means build
     */
    public record Source(
            String context,
            Optional<String> file,
            Optional<String> target,
            List<Setting> buildArgs,
            List<Setting> buildContexts,
            Optional<String> call) {
        public Source {
            buildArgs = List.copyOf(buildArgs);
            buildContexts = List.copyOf(buildContexts);
        }
    }

    /** What the result is called: references, labels, and annotations (whose names may carry {@code index:} etc.). */
    public record Naming(List<ImageRef> tags, List<Setting> labels, List<Setting> annotations) {
        public Naming {
            tags = List.copyOf(tags);
            labels = List.copyOf(labels);
            annotations = List.copyOf(annotations);
        }
    }

    /** Where the result goes: {@code push} and {@code load} are shorthands of outputs. */
    public record Delivery(boolean push, boolean load, List<OutputSpec> outputs) {
        public Delivery {
            outputs = List.copyOf(outputs);
        }

        /** The same with other outputs. */
        public Delivery with(List<OutputSpec> others) {
            return new Delivery(push, load, others);
        }

        /** Whether the image is in a registry afterwards. */
        public boolean pushes() {
            return push || outputs.stream().anyMatch(OutputSpec::pushes);
        }
    }

    /**
     * What is taken from and put into caches.
     *
     * @param shorthand the {@code cache} input; where it is given, {@code from} and {@code to} come from it
     * @param token for the cache service that the shorthand names
     * @param service in use, where {@code from} and {@code to} stand for it
     * @param noCacheFilters stages that never use a cache
     * @param pull whether base images are looked up again
     */
    public record Caching(
            Optional<CacheShorthand> shorthand,
            Optional<Secret> token,
            List<CacheSpec> from,
            List<CacheSpec> to,
            Optional<ServiceCache> service,
            boolean noCache,
            List<String> noCacheFilters,
            boolean pull) {
        public Caching {
            from = List.copyOf(from);
            to = List.copyOf(to);
            noCacheFilters = List.copyOf(noCacheFilters);
        }

        /** The same with a shorthand in place of entries. */
        public Caching of(CacheShorthand otherShorthand, Optional<Secret> otherToken) {
            return new Caching(
                    Optional.of(otherShorthand), otherToken, from, to, service, noCache, noCacheFilters, pull);
        }

        /** The same with other entries. */
        public Caching with(List<CacheSpec> otherFrom, List<CacheSpec> otherTo) {
            return new Caching(shorthand, token, otherFrom, otherTo, service, noCache, noCacheFilters, pull);
        }

        /** The same with the entries of a service. */
        public Caching with(List<CacheSpec> otherFrom, List<CacheSpec> otherTo, ServiceCache other) {
            return new Caching(shorthand, token, otherFrom, otherTo, Optional.of(other), noCache, noCacheFilters, pull);
        }

        /** Whether a build needs a {@link CachePass} for its cache. */
        public boolean needsPass() {
            return shorthand.isPresent() && shorthand.get().kind().needsPass();
        }
    }

    /** What the build may see of the caller's secrets and keys. */
    public record Handed(List<SecretSpec> secrets, List<SshSpec> ssh) {
        public Handed {
            secrets = List.copyOf(secrets);
            ssh = List.copyOf(ssh);
        }
    }

    /**
     * What is attested.
     *
     * @param provenance the {@code provenance} input as given; empty means buildx's default
     * @param sbom the {@code sbom} input as given; empty means buildx's default
     * @param attests further attestations
     */
    public record Attestations(Optional<String> provenance, Optional<String> sbom, List<AttestSpec> attests) {
        public Attestations {
            attests = List.copyOf(attests);
        }
    }

    /** What steps may do and get. */
    public record Sandbox(
            List<String> allow,
            Optional<String> network,
            List<Setting> addHosts,
            List<String> ulimits,
            Optional<String> shmSize,
            Optional<String> cgroupParent) {
        public Sandbox {
            allow = List.copyOf(allow);
            addHosts = List.copyOf(addHosts);
            ulimits = List.copyOf(ulimits);
        }
    }

    /**
     * What builds it.
     *
     * @param builder its name; empty means the current one
     * @param ownDaemon whether a buildkitd is started for this one build
     */
    public record Means(Optional<String> builder, ClientChoice client, boolean ownDaemon) {
        /** The builder of that name, or the current one, and its own client. */
        public static Means of(Optional<String> builder) {
            return new Means(builder, ClientChoice.AUTO, false);
        }
    }
}
