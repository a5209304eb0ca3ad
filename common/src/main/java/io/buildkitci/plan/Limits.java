package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a client and a builder cannot do, known before anything runs. */
public final class Limits {
    private static final String CONTAINERD_STORE =
            "turn on the engine's containerd image store ({\"features\":{\"containerd-snapshotter\":true}} in"
                    + " daemon.json), or use a builder with the docker-container driver"
                    + " (buildkit-ci create-builder --driver docker-container)";
    private static final Set<String> OUTPUTS_WITHOUT_STORE =
            Set.of("docker", "image", "registry", "local", "tar", "cacheonly");

    private final Capabilities capabilities;
    private final List<Planned.Obstacle> obstacles = new ArrayList<>();

    private Limits(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    static Limits of(Capabilities capabilities) {
        return new Limits(capabilities);
    }

    List<Planned.Obstacle> obstacles(BuildRequest request) {
        obstacles.clear();
        if (capabilities.builder().driver().map(d -> d == Driver.DOCKER).orElse(false)) {
            engine(request);
            if (!capabilities.builder().containerdStore().orElse(true)) {
                engineWithoutContainerd(request);
            }
        }
        capabilities.buildx().version().ifPresent(v -> client(v, request));
        return List.copyOf(obstacles);
    }

    /** Whether {@link #obstacles} depends on how the engine keeps images: then it is worth asking. */
    public static boolean dependOnTheStore(BuildRequest request) {
        return request.platforms().size() > 1
                || request.caching().to().stream().anyMatch(c -> !c.type().equals("inline"))
                || request.delivery().outputs().stream().anyMatch(o -> !OUTPUTS_WITHOUT_STORE.contains(o.type()))
                || attests(request);
    }

    /** Whether {@link #obstacles} depends on the client's version: then it is worth asking. */
    public static boolean dependOnTheVersion(BuildRequest request) {
        return !request.source().buildContexts().isEmpty()
                || !request.naming().annotations().isEmpty()
                || request.source().call().isPresent();
    }

    private void engine(BuildRequest request) {
        if (request.delivery().outputs().stream().anyMatch(OutputSpec::pushesByDigest)) {
            refuse(
                    "outputs",
                    "the docker driver cannot push by digest",
                    "use a builder with the docker-container driver (buildkit-ci create-builder --driver docker-container)");
        }
    }

    private void engineWithoutContainerd(BuildRequest request) {
        String without = "the docker driver without the containerd image store ";
        if (request.platforms().size() > 1) {
            refuse("platforms", without + "builds one platform at a time", CONTAINERD_STORE);
        }
        for (CacheSpec export : request.caching().to()) {
            if (!export.type().equals("inline")) {
                refuse("cache-to", without + "cannot export a cache of type " + export.type(), CONTAINERD_STORE);
            }
        }
        for (OutputSpec output : request.delivery().outputs()) {
            if (!OUTPUTS_WITHOUT_STORE.contains(output.type())) {
                refuse("outputs", without + "cannot write an output of type " + output.type(), CONTAINERD_STORE);
            }
        }
        if (attests(request)) {
            refuse("provenance, sbom, attests", without + "cannot attach attestations", CONTAINERD_STORE);
        }
    }

    private static boolean attests(BuildRequest request) {
        BuildRequest.Attestations asked = request.attestations();
        return asked.provenance().map(v -> !v.equals("false")).orElse(false)
                || asked.sbom().map(v -> !v.equals("false")).orElse(false)
                || !asked.attests().isEmpty();
    }

    private void client(Version version, BuildRequest request) {
        needs(
                version,
                new Version(0, 8, 0),
                "build-contexts",
                !request.source().buildContexts().isEmpty());
        needs(
                version,
                new Version(0, 12, 0),
                "annotations",
                !request.naming().annotations().isEmpty());
        needs(version, new Version(0, 15, 0), "call", request.source().call().isPresent());
        needs(version, new Version(0, 13, 0), "progress", true);
    }

    private void needs(Version have, Version least, String input, boolean asked) {
        if (asked && have.compareTo(least) < 0) {
            refuse(
                    input,
                    "needs buildx " + least + " or newer; "
                            + String.join(" ", capabilities.buildx().command()) + " is " + have,
                    "install a newer buildx");
        }
    }

    private void refuse(String input, String reason, String remedy) {
        obstacles.add(new Planned.Obstacle(input, reason, remedy));
    }
}
