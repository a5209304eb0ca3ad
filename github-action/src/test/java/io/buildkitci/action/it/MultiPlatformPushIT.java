package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buildkitci.model.Driver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the report says is what the registry has, on every driver. */
@ParameterizedClass
@MethodSource("io.buildkitci.action.it.Builder#everywhere")
class MultiPlatformPushIT {
    private static final String TWO_STEPS = """
            FROM BASE AS made
            ARG TARGETPLATFORM
            RUN echo %s for $TARGETPLATFORM > /made
            FROM scratch
            COPY --from=made /made /made
            """;

    private final Builder builder;

    MultiPlatformPushIT(Builder builder) {
        this.builder = builder;
    }

    @Test
    void pushesWhatItReports() throws Exception {
        Path context = builder.context(TWO_STEPS.formatted(CommandLine.fresh()));
        String image = Builder.image("push");
        String other = Builder.image("push");

        JsonNode report = builder.build(
                        context, "--platforms", "amd64,386", "--tags", image + "," + other, "--push", "--json")
                .built();
        Registry.Manifest index = Registry.read(image);

        assertThat(report.at("/image/digest").asText()).isEqualTo(index.digest());
        assertThat(Registry.read(other).digest()).isEqualTo(index.digest());
        assertThat(report.at("/image/tags")).extracting(JsonNode::asText).containsExactly(image, other);
        assertThat(report.at("/image/pushed").asBoolean()).isTrue();
        assertThat(Reported.digests(report))
                .isNotEmpty()
                .allSatisfy((platform, digest) ->
                        assertThat(index.platforms().get(platform)).isEqualTo(digest));
        assertThat(Reported.digests(report).keySet()).containsExactly("linux/amd64", "linux/386");
        assertThat(Reported.steps(report)).containsExactly(4, 0, 4);
        assertThat(report.at("/builder/name").asText()).isEqualTo(builder.name());
        assertThat(report.at("/builder/driver").asText())
                .isEqualTo(builder.driver().render());
        assertThat(report.findValues("emulator")).isEmpty();
    }

    @Test
    void runsNothingAgain() throws Exception {
        Path context = builder.context(TWO_STEPS.formatted(CommandLine.fresh()));
        String image = Builder.image("push");
        String[] arguments = {"--platforms", "amd64,386", "--tags", image, "--push", "--provenance=false", "--json"};

        JsonNode first = builder.build(context, arguments).built();
        JsonNode second = builder.build(context, arguments).built();

        assertThat(Reported.steps(second)).containsExactly(4, 4, 0);
        assertThat(second.at("/image/digest")).isEqualTo(first.at("/image/digest"));
        assertThat(Reported.digests(second)).isEqualTo(Reported.digests(first));
        assertThat(Registry.read(image).platforms()).containsExactlyInAnyOrderEntriesOf(Reported.digests(first));
    }

    @Test
    void givesOnePlatformOneManifest() throws Exception {
        Path context = builder.context(TWO_STEPS.formatted(CommandLine.fresh()));
        String image = Builder.image("push");

        JsonNode report = builder.build(
                        context, "--platforms", "386", "--tags", image, "--push", "--provenance=false", "--json")
                .built();
        Registry.Manifest manifest = Registry.read(image);

        assertThat(report.at("/image/digest").asText()).isEqualTo(manifest.digest());
        assertThat(Reported.digests(report)).containsExactly(Map.entry("linux/386", manifest.digest()));
        String configuration = manifest.json().at("/config/digest").asText();
        // for an engine with the containerd store, buildx 0.36 calls an image by its manifest, 0.29 by its
        // configuration
        assertThat(report.at("/image/imageId").asText())
                .isIn(
                        builder.driver() == Driver.DOCKER
                                ? List.of(manifest.digest(), configuration)
                                : List.of(configuration));
        assertThat(manifest.config().path("architecture").asText()).isEqualTo("386");
    }
}
