package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Version;
import io.buildkitci.plan.Capabilities.NodeFacts;
import io.buildkitci.words.HostWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a client and a builder cannot do, known before anything runs. */
public final class Limits {
    private static final Version ANY_BUILD = new Version(0, 13, 0);

    private static final Pattern OFF = Pattern.compile("(?:^|,)disabled=(?:1|t|T|true|TRUE|True)(?:,|$)");

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
        this.containerdStore =
                "turn on the engine's containerd image store ({\"features\":{\"containerd-snapshotter\":true}} in"
                        + " daemon.json), or " + containerDriver;
    }

    static Limits of(Capabilities capabilities, HostWords words) {
        return new Limits(capabilities, words);
    }

    List<Planned.Obstacle> obstacles(BuildRequest request) {
        obstacles.clear();
        if (capabilities.builder().driver().map(d -> d == Driver.DOCKER).orElse(false)) {
            engine(request);
            if (!capabilities.builder().containerdStore().orElse(true)) {
                engineWithoutContainerd(request);
            }
        }
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
        return request.platforms().size() > 1
                || request.caching().to().stream().anyMatch(c -> !c.type().equals("inline"))
                || request.delivery().outputs().stream().anyMatch(Limits::needsTheStore)
                || !attesting(request.attestations()).isEmpty();
    }

    /** Whether {@link #obstacles} depends on the client's version: then it is worth asking. */
    public static boolean dependOnTheVersion(BuildRequest request) {
        return !request.source().buildContexts().isEmpty()
                || !request.naming().annotations().isEmpty()
                || request.source().call().isPresent()
                || asksForDevices(request);
    }

    private void engine(BuildRequest request) {
        boolean byDigest = request.delivery().outputs().stream()
                .filter(output -> request.delivery().push() || output.pushes())
                .anyMatch(OutputSpec::pushesByDigest);
        if (byDigest) {
            refuse("outputs", "the docker driver cannot push by digest", containerDriver);
        }
    }

    private void engineWithoutContainerd(BuildRequest request) {
        String without = "the docker driver without the containerd image store ";
        if (request.platforms().size() > 1) {
            refuse("platforms", without + "builds one platform at a time", containerdStore);
        }
        for (CacheSpec export : request.caching().to()) {
            if (!export.type().equals("inline")) {
                refuse("cache-to", without + "cannot export a cache of type " + export.type(), containerdStore);
            }
        }
        for (OutputSpec output : request.delivery().outputs()) {
            if (needsTheStore(output)) {
                String what = output.type().equals("oci") ? "an output of type oci" : "an image to a file";
                refuse("outputs", without + "cannot write " + what, containerdStore);
            }
        }
        attesting(request.attestations())
                .forEach(input -> refuse(input, without + "cannot attach attestations", containerdStore));
    }

    /** An image in a file; without a destination, {@code type=docker} puts it into the engine itself. */
    private static boolean needsTheStore(OutputSpec output) {
        return output.type().equals("oci")
                || (output.type().equals("docker")
                        && output.attributes().get("dest").isPresent());
    }

    /** The inputs that ask for an attestation, rather than for none. */
    private static List<String> attesting(BuildRequest.Attestations asked) {
        List<String> inputs = new ArrayList<>();
        asked.provenance().filter(Limits::isOn).ifPresent(on -> inputs.add("provenance"));
        asked.sbom().filter(Limits::isOn).ifPresent(on -> inputs.add("sbom"));
        if (asked.attests().stream().anyMatch(attest -> isOn(attest.render()))) {
            inputs.add("attests");
        }
        return inputs;
    }

    private static boolean isOn(String attestation) {
        return !attestation.equals("false") && !OFF.matcher(attestation).find();
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
                attesting(request.attestations()).forEach(input -> needs(node, version, new Version(0, 11, 0), input));
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
