package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Capabilities.NodeFacts;
import io.buildkitci.words.HostWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a client and a builder cannot do, known before anything runs. */
public final class Limits {
    private static final Version ANY_BUILD = new Version(0, 13, 0);

    private final Capabilities capabilities;
    private final HostWords words;
    private final String containerDriver;
    private final String containerdStore;
    private final List<Planned.Obstacle> obstacles = new ArrayList<>();

    private Limits(Capabilities capabilities, HostWords words) {
        this.capabilities = capabilities;
        this.words = words;
        this.containerDriver = "use a builder with the docker-container driver ("
                + words.call("create-builder", Map.of("driver", Driver.DOCKER_CONTAINER.render())) + ")";
        this.containerdStore = isBeforeTheStore(capabilities)
                ? containerDriver + ": an engine before Docker 24 has no containerd image store"
                : "turn on the engine's containerd image store ({\"features\":{\"containerd-snapshotter\":true}} in"
                        + " daemon.json"
                        + (words.has("doctor") ? ": " + words.call("doctor", Map.of("enable-buildkit", "true")) : "")
                        + "), or " + containerDriver;
    }

    /** Docker 24 came with BuildKit 0.11; for an engine before 23, buildx says which BuildKit its release has. */
    private static boolean isBeforeTheStore(Capabilities capabilities) {
        return capabilities.builder().nodes().stream()
                .flatMap(node -> node.buildkit().flatMap(Version::parse).stream())
                .anyMatch(buildkit -> !buildkit.atLeast(0, 11));
    }

    static Limits of(Capabilities capabilities, HostWords words) {
        return new Limits(capabilities, words);
    }

    List<Planned.Obstacle> obstacles(BuildRequest request) {
        if (capabilities.client() instanceof Capabilities.DockerBuild) {
            return DockerBuildLimits.obstacles(request, words);
        }
        obstacles.clear();
        Setup.of(capabilities).ifPresent(setup -> holdAgainst(setup, request));
        if (capabilities.client() instanceof Capabilities.Buildctl) {
            obstacles.addAll(BuildctlLimits.obstacles(request, words));
        } else {
            capabilities.client().version().ifPresent(v -> client(v, request));
        }
        daemons(request);
        return List.copyOf(obstacles);
    }

    /** Whether {@link #obstacles} depends on how the engine keeps images: then it is worth asking. */
    public static boolean dependOnTheStore(BuildRequest request) {
        return Wanted.of(request).stream()
                .map(Wanted::ability)
                .anyMatch(ability -> Setup.ENGINE.can(ability) != Setup.ENGINE_ON_CONTAINERD.can(ability));
    }

    /** Whether {@link #obstacles} depends on the client's version: then it is worth asking. */
    public static boolean dependOnTheVersion(BuildRequest request) {
        return !request.source().buildContexts().isEmpty()
                || !request.naming().annotations().isEmpty()
                || request.source().call().isPresent()
                || asksForDevices(request);
    }

    private void holdAgainst(Setup setup, BuildRequest request) {
        for (Wanted wanted : Wanted.of(request)) {
            if (!setup.can(wanted.ability())) {
                refuse(wanted.input(), who(setup, wanted.ability()) + " " + wanted.lack(), remedy(wanted.ability()));
            }
        }
    }

    /** The store of an engine's images is named only where another one would help. */
    private static String who(Setup setup, Ability ability) {
        return switch (setup) {
            case ENGINE ->
                Setup.ENGINE_ON_CONTAINERD.can(ability)
                        ? "the docker driver without the containerd image store"
                        : "the docker driver";
            case ENGINE_ON_CONTAINERD -> "the docker driver";
            case BUILDCTL -> "buildctl";
            default -> "the " + setup.title() + " driver";
        };
    }

    private String remedy(Ability ability) {
        if (ability == Ability.HOST_GATEWAY) {
            return "give the address that steps reach the host at, or use the engine's own builder (driver docker)";
        }
        return Setup.ENGINE_ON_CONTAINERD.can(ability) ? containerdStore : containerDriver;
    }

    /** CDI devices: buildx's release notes of 0.21.0. The others are the gates of docker/actions-toolkit. */
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
        needs(version, new Version(0, 21, 0), "allow", asksForDevices(request));
        needs(version, ANY_BUILD, "", true);
    }

    private static boolean asksForDevices(BuildRequest request) {
        return request.sandbox().allow().stream()
                .anyMatch(privilege -> privilege.equals("device") || privilege.startsWith("device="));
    }

    private void needs(Version have, Version least, String input, boolean asked) {
        if (asked && have.compareTo(least) < 0) {
            refuse(
                    input,
                    "needs buildx " + least + " or newer; "
                            + String.join(" ", capabilities.client().command()) + " is " + have,
                    "install a newer buildx");
        }
    }

    /**
     * Attestations came with BuildKit 0.11, several outputs with 0.13, CDI devices with 0.20 (its release notes and
     * docs/cdi.md). Nodes that do not say their version are left to say what they lack.
     */
    private void daemons(BuildRequest request) {
        for (NodeFacts node : capabilities.builder().nodes()) {
            node.buildkit().flatMap(Version::parse).ifPresent(version -> {
                Wanted.attesting(request.attestations())
                        .forEach(input -> needs(node, version, new Version(0, 11, 0), input));
                if (request.delivery().outputs().size() > 1) {
                    needs(node, version, new Version(0, 13, 0), "outputs");
                }
                if (asksForDevices(request)) {
                    needs(node, version, new Version(0, 20, 0), "allow");
                }
            });
        }
    }

    private void needs(NodeFacts node, Version have, Version least, String input) {
        if (have.compareTo(least) < 0) {
            refuse(
                    input,
                    "needs BuildKit " + least + " or newer; node " + node.name() + " is " + have,
                    "use a builder with a newer BuildKit");
        }
    }

    private void refuse(String input, String reason, String remedy) {
        obstacles.add(new Planned.Obstacle(input, reason, remedy));
    }
}
