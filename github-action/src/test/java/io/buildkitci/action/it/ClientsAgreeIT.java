package io.buildkitci.action.it;

import static io.buildkitci.action.it.CommandLine.TESTBED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** buildx and buildctl make the same of the same request: see ADR 17. */
class ClientsAgreeIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What is new in every build, in the two forms of provenance: identifiers of local sources are in the digests of their
     * steps. A shared key only spares the transfer of what was sent before.
     */
    private static final Set<String> OF_ONE_BUILD = Set.of(
            "buildInvocationID",
            "invocationId",
            "buildStartedOn",
            "buildFinishedOn",
            "startedOn",
            "finishedOn",
            "digestMapping",
            "sharedkey:localdir:lib");

    private static final String DOCKERFILE = """
            FROM BASE AS made
            ARG WORD=none
            RUN echo %s $WORD > /made
            FROM BASE AS other
            COPY --from=made /made /made
            LABEL own=1
            FROM scratch AS last
            COPY --from=other /made /made
            COPY in /in
            """;

    private static Builder builder;
    private static Path context;

    @BeforeAll
    static void aContextInARepository() throws Exception {
        builder = Builder.of(Driver.REMOTE);
        context = builder.context(DOCKERFILE.formatted(CommandLine.fresh()));
        Files.writeString(context.resolve("in"), "in\n");
        Files.createDirectories(context.resolve("docker"));
        Files.writeString(
                context.resolve("docker/app.Dockerfile"), "FROM lib AS lib\nFROM scratch\nCOPY --from=lib / /lib\n");
        Files.createDirectories(context.resolve("lib"));
        Files.writeString(context.resolve("lib/file"), "lib\n");
        for (List<String> arguments : List.of(
                List.of("init", "--quiet"),
                List.of("remote", "add", "origin", "https://me:secret@git.example/app.git"),
                List.of(
                        "-c",
                        "user.name=a",
                        "-c",
                        "user.email=a@b.example",
                        "commit",
                        "--quiet",
                        "--allow-empty",
                        "--message",
                        "x"))) {
            List<String> argv = new ArrayList<>(List.of("git", "-C", context.toString()));
            argv.addAll(arguments);
            assertThat(new ProcessBuilder(argv).start().waitFor()).isZero();
        }
    }

    @AfterAll
    static void close() throws Exception {
        builder.close();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("nothing special", List.of()),
                Arguments.of("two platforms", List.of("--platforms", "amd64,386")),
                Arguments.of("all provenance", List.of("--provenance", "mode=max", "--platforms", "amd64,386")),
                Arguments.of("provenance of version 1", List.of("--provenance", "mode=max,version=v1")),
                Arguments.of("no attestation", List.of("--provenance", "false")),
                Arguments.of("an attestation refused in a list", List.of("--attests", "type=provenance,disabled=true")),
                Arguments.of(
                        "a stage, arguments, labels",
                        List.of(
                                "--target",
                                "other",
                                "--build-args",
                                "WORD=a=b",
                                "--labels",
                                "a=b c",
                                "--labels",
                                "own=2")),
                Arguments.of(
                        "annotations",
                        List.of(
                                "--platforms",
                                "amd64,386",
                                "--annotations",
                                "a=1",
                                "--annotations",
                                "index,manifest[linux/386]:b=2",
                                "--annotations",
                                "manifest-descriptor:c=3")),
                Arguments.of(
                        "a Dockerfile elsewhere and a further context",
                        List.of("--file", "CONTEXT/docker/app.Dockerfile", "--build-contexts", "lib=CONTEXT/lib")),
                Arguments.of("an inline cache", List.of("--cache-to", "type=inline")),
                Arguments.of(
                        "an output of its own",
                        List.of("--outputs", "type=image,compression=zstd,oci-mediatypes=true,force-compression=true")),
                Arguments.of(
                        "steps with limits",
                        List.of(
                                "--ulimit",
                                "nofile=100:200",
                                "--shm-size",
                                "16m",
                                "--add-hosts",
                                "db:10.0.0.5",
                                "--network",
                                "none")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void onManifestsConfigurationsAndAttestations(String what, List<String> inputs) throws Exception {
        String image = TESTBED.registry() + "/its/agree:" + CommandLine.fresh();

        JsonNode byBuildx = build("buildx", image, inputs);
        JsonNode first = everything(image);
        JsonNode byBuildctl = build("buildctl", image, inputs);
        JsonNode second = everything(image);

        assertThat(second.toPrettyString()).isEqualTo(first.toPrettyString());
        assertThat(Reported.digests(byBuildctl).keySet())
                .isEqualTo(Reported.digests(byBuildx).keySet());
        assertThat(byBuildctl.at("/steps/total")).isEqualTo(byBuildx.at("/steps/total"));
        assertThat(byBuildctl.at("/image/digest").asText())
                .isEqualTo(Registry.read(image).digest());
        assertThat(byBuildctl.at("/image/tags")).isEqualTo(byBuildx.at("/image/tags"));
    }

    private static JsonNode build(String client, String image, List<String> inputs) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "--client", client, "--tags", image, "--push", "--json", "--build-args", "SOURCE_DATE_EPOCH=0"));
        inputs.forEach(input -> arguments.add(input.replace("CONTEXT", context.toString())));
        return builder.build(context, arguments.toArray(String[]::new)).built();
    }

    /** All that a reference names; what is new in every build is left out, and so are digests that follow from it. */
    private static JsonNode everything(String image) throws Exception {
        Registry.Manifest top = Registry.read(image);
        ObjectNode all = JSON.createObjectNode();
        all.set("top", top.json());
        ArrayNode attested = all.putArray("attested");
        for (JsonNode entry : top.json().path("manifests")) {
            if (entry.at("/annotations/vnd.docker.reference.type").asText().equals("attestation-manifest")) {
                String repository = image.substring(0, image.lastIndexOf(':'));
                Registry.Manifest attestations =
                        Registry.read(repository + "@" + entry.path("digest").asText());
                for (byte[] statement : attestations.layers()) {
                    attested.add(withoutTimes(JSON.readTree(statement)));
                }
                ((ObjectNode) entry).put("digest", "of one build").put("size", 0);
            }
        }
        return all;
    }

    private static JsonNode withoutTimes(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(OF_ONE_BUILD);
        }
        node.forEach(ClientsAgreeIT::withoutTimes);
        return node;
    }
}
