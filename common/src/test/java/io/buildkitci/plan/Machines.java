package io.buildkitci.plan;

import io.buildkitci.model.DaemonAddress;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Capabilities.Buildctl;
import io.buildkitci.plan.Capabilities.BuilderFacts;
import io.buildkitci.plan.Capabilities.Buildx;
import io.buildkitci.plan.Capabilities.LocalSources;
import io.buildkitci.plan.Capabilities.NodeFacts;
import io.buildkitci.plan.Capabilities.Repository;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What there is to build with, in tests. */
public final class Machines {
    /** Platforms of an amd64 node whose kernel emulates the others, as BuildKit advertises them. */
    private static final String AMD64 = "linux/amd64 linux/amd64/v2 linux/amd64/v3 linux/386 linux/arm64 linux/arm/v7";

    private Machines() {}

    /** The engine's own builder, with the containerd image store. */
    public static Capabilities engine() {
        return of(Driver.DOCKER, Optional.of(true), "0.36.1");
    }

    public static Capabilities engineWithoutContainerd() {
        return of(Driver.DOCKER, Optional.of(false), "0.36.1");
    }

    /** A buildkitd in a container, called {@code ci}. */
    public static Capabilities container() {
        return of(Driver.DOCKER_CONTAINER, Optional.empty(), "0.36.1");
    }

    public static Capabilities remote() {
        return of(Driver.REMOTE, Optional.empty(), "0.36.1");
    }

    /** A buildkitd without Docker, called {@code ci}; of the person's directories it knows those of {@link Asked}. */
    public static Capabilities daemon() {
        return daemon(DaemonAddress.of("unix:///run/ci.sock"), Optional.empty());
    }

    public static Capabilities daemon(DaemonAddress address, Optional<Repository> repository) {
        LocalSources sources = new LocalSources(Set.of(".", "app", "-odd", "lib dir"), repository);
        return new Capabilities(
                new Buildctl(List.of("/bin/buildctl"), Optional.empty(), address, sources),
                new BuilderFacts("ci", Optional.of(Driver.BUILDKITD), Optional.empty(), List.of(node(AMD64))),
                Map.of());
    }

    public static Capabilities of(Driver driver, Optional<Boolean> containerdStore, String buildx) {
        return new Capabilities(
                new Buildx(List.of("/bin/docker-buildx"), Version.parse(buildx)),
                new BuilderFacts(
                        driver == Driver.DOCKER ? "default" : "ci",
                        Optional.of(driver),
                        containerdStore,
                        List.of(node(AMD64))),
                Map.of("arm64", "/usr/bin/qemu-aarch64"));
    }

    /** The same client and builder with other nodes. */
    public static Capabilities withNodes(Capabilities capabilities, NodeFacts... nodes) {
        BuilderFacts builder = capabilities.builder();
        return new Capabilities(
                capabilities.client(),
                new BuilderFacts(builder.name(), builder.driver(), builder.containerdStore(), List.of(nodes)),
                capabilities.emulators());
    }

    /** @param platforms with blanks between, in the order advertised; empty when it does not say */
    public static NodeFacts node(String platforms) {
        return node(platforms, "v0.32.2");
    }

    /** @param buildkit the daemon's version, as it says it */
    public static NodeFacts node(String platforms, String buildkit) {
        List<Platform> advertised = platforms.isEmpty()
                ? List.of()
                : Arrays.stream(platforms.split(" ")).map(Machines::platform).toList();
        return new NodeFacts("n0", "unix:///var/run/docker.sock", "running", Optional.of(buildkit), advertised);
    }

    public static Platform platform(String text) {
        try {
            return Platform.parse(text);
        } catch (InvalidValue e) {
            throw new IllegalArgumentException(e);
        }
    }
}
