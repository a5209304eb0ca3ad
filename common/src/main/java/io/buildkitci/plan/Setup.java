package io.buildkitci.plan;

import static io.buildkitci.plan.Ability.ATTESTATIONS;
import static io.buildkitci.plan.Ability.CHECKS;
import static io.buildkitci.plan.Ability.COMPOSE_FILES;
import static io.buildkitci.plan.Ability.ENTITLEMENTS;
import static io.buildkitci.plan.Ability.EXPORT_AZBLOB;
import static io.buildkitci.plan.Ability.EXPORT_GHA;
import static io.buildkitci.plan.Ability.EXPORT_LOCAL;
import static io.buildkitci.plan.Ability.EXPORT_REGISTRY;
import static io.buildkitci.plan.Ability.EXPORT_S3;
import static io.buildkitci.plan.Ability.HOST_GATEWAY;
import static io.buildkitci.plan.Ability.HOST_NETWORK;
import static io.buildkitci.plan.Ability.IMPORT_AZBLOB;
import static io.buildkitci.plan.Ability.IMPORT_S3;
import static io.buildkitci.plan.Ability.LOAD;
import static io.buildkitci.plan.Ability.OUTPUT_DOCKER_FILE;
import static io.buildkitci.plan.Ability.OUTPUT_OCI;
import static io.buildkitci.plan.Ability.PUSH_BY_DIGEST;
import static io.buildkitci.plan.Ability.SEVERAL_PLATFORMS;

import io.buildkitci.model.Driver;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The ways to get BuildKit, and what each of them cannot do: the table that requests are held against before anything runs.
 * Which one a builder is, is probed; no version decides it.
 */
public enum Setup {
    /** Docker Engine with its older image store. */
    ENGINE(
            "docker",
            EnumSet.of(
                    SEVERAL_PLATFORMS,
                    EXPORT_REGISTRY,
                    EXPORT_LOCAL,
                    EXPORT_GHA,
                    EXPORT_S3,
                    EXPORT_AZBLOB,
                    IMPORT_S3,
                    IMPORT_AZBLOB,
                    ATTESTATIONS,
                    PUSH_BY_DIGEST,
                    OUTPUT_OCI,
                    OUTPUT_DOCKER_FILE),
            EnumSet.noneOf(Ability.class)),
    /** Docker Engine with the containerd image store. */
    ENGINE_ON_CONTAINERD(
            "docker, containerd image store",
            EnumSet.of(EXPORT_S3, EXPORT_AZBLOB, IMPORT_S3, IMPORT_AZBLOB, PUSH_BY_DIGEST),
            EnumSet.noneOf(Ability.class)),
    /** A buildkitd in a container that buildx runs. */
    CONTAINER("docker-container", EnumSet.of(HOST_GATEWAY), EnumSet.noneOf(Ability.class)),
    /** buildkitd in pods. */
    KUBERNETES("kubernetes", EnumSet.of(HOST_GATEWAY), EnumSet.of(LOAD)),
    /** A buildkitd that somebody else runs, through buildx. */
    REMOTE("remote", EnumSet.of(HOST_GATEWAY), EnumSet.of(LOAD, HOST_NETWORK, ENTITLEMENTS)),
    /** A buildkitd through buildctl, without Docker; one that is rootless can the same. */
    BUILDCTL(
            "buildkitd, as root or rootless, through buildctl",
            EnumSet.of(LOAD, HOST_GATEWAY, CHECKS, COMPOSE_FILES),
            EnumSet.of(HOST_NETWORK, ENTITLEMENTS));

    private final String title;
    // unmodifiable: see the constructor
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Ability> lacks;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<Ability> conditional;

    Setup(String title, Set<Ability> lacks, Set<Ability> conditional) {
        this.title = title;
        this.lacks = Collections.unmodifiableSet(lacks);
        this.conditional = Collections.unmodifiableSet(conditional);
    }

    /** Empty for a driver that we do not know; an engine that was not asked for its store is taken to be able. */
    public static Optional<Setup> of(Capabilities capabilities) {
        if (capabilities.client() instanceof Capabilities.Buildctl) {
            return Optional.of(BUILDCTL);
        }
        Optional<Driver> driver = capabilities.builder().driver();
        return driver.isPresent()
                ? Optional.of(of(
                        driver.get(), capabilities.builder().containerdStore().orElse(true)))
                : Optional.empty();
    }

    private static Setup of(Driver driver, boolean containerd) {
        return switch (driver) {
            case DOCKER -> containerd ? ENGINE_ON_CONTAINERD : ENGINE;
            case DOCKER_CONTAINER -> CONTAINER;
            case KUBERNETES -> KUBERNETES;
            case REMOTE -> REMOTE;
            case BUILDKITD -> BUILDCTL;
        };
    }

    public boolean can(Ability ability) {
        return !lacks.contains(ability);
    }

    /** Whether it can under a condition that is not the builder's: an engine to load into, a daemon that allows it. */
    public boolean canConditionally(Ability ability) {
        return conditional.contains(ability);
    }

    /** As the documentation calls it. */
    public String title() {
        return title;
    }
}
