package io.buildkitci.plan;

import io.buildkitci.model.BuildRequest;
import io.buildkitci.model.CacheSpec;
import io.buildkitci.model.OutputSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that a request asks of its builder and that not every builder can do.
 *
 * @param input the input that asks for it
 * @param lack what a builder without it does instead, a verb phrase
 */
record Wanted(Ability ability, String input, String lack) {
    private static final Pattern OFF = Pattern.compile("(?:^|,)disabled=(?:1|t|T|true|TRUE|True)(?:,|$)");

    static List<Wanted> of(BuildRequest request) {
        List<Wanted> all = new ArrayList<>();
        if (request.platforms().size() > 1) {
            all.add(of(Ability.SEVERAL_PLATFORMS, "builds one platform at a time"));
        }
        boolean shorthand = request.caching().shorthand().isPresent();
        for (CacheSpec export : request.caching().to()) {
            exporting(export.type())
                    .map(ability -> new Wanted(
                            ability,
                            shorthand ? "cache" : ability.input(),
                            "cannot export a cache of type " + export.type()))
                    .ifPresent(all::add);
        }
        for (OutputSpec output : request.delivery().outputs()) {
            boolean pushes = request.delivery().push() || output.pushes();
            if (pushes && output.pushesByDigest()) {
                all.add(of(Ability.PUSH_BY_DIGEST, "cannot push by digest"));
            }
            if (output.type().equals("oci")) {
                all.add(of(Ability.OUTPUT_OCI, "cannot write an output of type oci"));
            }
            if (isImageFile(output)) {
                all.add(of(Ability.OUTPUT_DOCKER_FILE, "cannot write an image to a file"));
            }
        }
        for (String input : attesting(request.attestations())) {
            all.add(new Wanted(Ability.ATTESTATIONS, input, "cannot attach attestations"));
        }
        if (request.sandbox().addHosts().stream().anyMatch(host -> host.value().equals("host-gateway"))) {
            all.add(of(Ability.HOST_GATEWAY, "knows no host-gateway"));
        }
        return all;
    }

    private static Wanted of(Ability ability, String lack) {
        return new Wanted(ability, ability.input(), lack);
    }

    /** A type that we do not know is like one that needs all that there is. */
    private static Optional<Ability> exporting(String type) {
        return switch (type) {
            case "inline" -> Optional.empty();
            case "s3" -> Optional.of(Ability.EXPORT_S3);
            case "azblob" -> Optional.of(Ability.EXPORT_AZBLOB);
            case "gha" -> Optional.of(Ability.EXPORT_GHA);
            case "local" -> Optional.of(Ability.EXPORT_LOCAL);
            default -> Optional.of(Ability.EXPORT_REGISTRY);
        };
    }

    /** Without a destination, {@code type=docker} puts the image into the engine itself. */
    private static boolean isImageFile(OutputSpec output) {
        return output.type().equals("docker") && output.attributes().get("dest").isPresent();
    }

    /** The inputs that ask for an attestation, rather than for none. */
    static List<String> attesting(BuildRequest.Attestations asked) {
        List<String> inputs = new ArrayList<>();
        asked.provenance().filter(Wanted::isOn).ifPresent(on -> inputs.add("provenance"));
        asked.sbom().filter(Wanted::isOn).ifPresent(on -> inputs.add("sbom"));
        if (asked.attests().stream().anyMatch(attest -> isOn(attest.render()))) {
            inputs.add("attests");
        }
        return inputs;
    }

    private static boolean isOn(String attestation) {
        return !attestation.equals("false") && !OFF.matcher(attestation).find();
    }
}
