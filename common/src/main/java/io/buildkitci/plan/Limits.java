package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.OutputSpec;
import io.buildkitci.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a client and a builder cannot do, known before anything runs. */
public final class Limits {
    private static final String CONTAINER_DRIVER =
            "use a builder with the docker-container driver (buildkit-ci create-builder --driver docker-container)";
    private static final String CONTAINERD_STORE =
            "turn on the engine's containerd image store ({\"features\":{\"containerd-snapshotter\":true}} in"
                    + " daemon.json), or "
                    + CONTAINER_DRIVER;

    private static final Pattern OFF = Pattern.compile("(?:^|,)disabled=(?:1|t|T|true|TRUE|True)(?:,|$)");

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
                || request.delivery().outputs().stream().anyMatch(Limits::needsTheStore)
                || !attesting(request.attestations()).isEmpty();
    }

    /** Whether {@link #obstacles} depends on the client's version: then it is worth asking. */
    public static boolean dependOnTheVersion(BuildRequest request) {
        return !request.source().buildContexts().isEmpty()
                || !request.naming().annotations().isEmpty()
                || request.source().call().isPresent();
    }

    private void engine(BuildRequest request) {
        boolean byDigest = request.delivery().outputs().stream()
                .filter(output -> request.delivery().push() || output.pushes())
                .anyMatch(OutputSpec::pushesByDigest);
        if (byDigest) {
            refuse("outputs", "the docker driver cannot push by digest", CONTAINER_DRIVER);
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
            if (needsTheStore(output)) {
                String what = output.type().equals("oci") ? "an output of type oci" : "an image to a file";
                refuse("outputs", without + "cannot write " + what, CONTAINERD_STORE);
            }
        }
        attesting(request.attestations())
                .forEach(input -> refuse(input, without + "cannot attach attestations", CONTAINERD_STORE));
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
        needs(version, new Version(0, 13, 0), "", true);
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
