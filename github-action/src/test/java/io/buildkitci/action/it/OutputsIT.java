package io.buildkitci.action.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buildkitci.model.Driver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a build's result can go besides a registry. */
@ParameterizedClass
@MethodSource("builders")
class OutputsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ONE_FILE = """
            FROM BASE AS made
            ARG TARGETPLATFORM
            RUN echo %s $TARGETPLATFORM > /made
            FROM scratch
            COPY --from=made /made /made
            """;

    private final Builder builder;

    private final String nonce = CommandLine.fresh();

    OutputsIT(Builder builder) {
        this.builder = builder;
    }

    static Stream<Builder> builders() {
        return Stream.of(
                Builder.of(Driver.DOCKER),
                Builder.of(Driver.DOCKER_CONTAINER),
                Builder.withOldBuildx(Driver.DOCKER_CONTAINER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "amd64,386"})
    void loadsIntoTheEngine(String platforms) throws Exception {
        String image = "its/load:" + nonce;
        try {
            JsonNode report = builder.build(
                            builder.context(ONE_FILE.formatted(nonce)),
                            "--platforms",
                            platforms,
                            "--tags",
                            image,
                            "--load",
                            "--json")
                    .built();
            JsonNode inspected = JSON.readTree(
                    builder.commandLine().docker("image", "inspect", image).out());

            String digest = report.at("/image/digest").asText();
            assertThat(digest).startsWith("sha256:");
            assertThat(inspected.at("/0/Id").asText()).isEqualTo(digest);
            assertThat(inspected.at("/0/RepoTags/0").asText()).isEqualTo(image);
            assertThat(report.at("/image/pushed").asBoolean()).isFalse();
            assertThat(report.at("/image").has("pull")).isFalse();
        } finally {
            builder.commandLine().docker("image", "rm", "--force", image);
        }
    }

    @Test
    void writesFilesArchivesAndLayouts() throws Exception {
        Path folder = Files.createDirectories(builder.folder().resolve("out-" + nonce));
        Path context = builder.context(ONE_FILE.formatted(nonce));

        Said files = builder.build(
                context, "--platforms", "amd64,386", "--outputs", "type=local,dest=" + folder.resolve("files"));
        Said tar = builder.build(context, "--outputs", "type=tar,dest=" + folder.resolve("made.tar"));
        Said layout = builder.build(
                context,
                "--platforms",
                "amd64,386",
                "--outputs",
                "type=oci,dest=" + folder.resolve("image.tar"),
                "--tags",
                "its/oci:" + nonce,
                "--json");

        assertThat(files.exit()).as(files.toString()).isZero();
        assertThat(folder.resolve("files/linux_amd64/made")).hasContent(nonce + " linux/amd64\n");
        assertThat(folder.resolve("files/linux_386/made")).hasContent(nonce + " linux/386\n");
        assertThat(tar.exit()).as(tar.toString()).isZero();
        assertThat(Archive.names(folder.resolve("made.tar"))).contains("made");
        assertThat(Archive.names(folder.resolve("image.tar"))).contains("index.json", "oci-layout");
        String digest = layout.built().at("/image/digest").asText();
        assertThat(Archive.names(folder.resolve("image.tar"))).contains(digest.replace("sha256:", "blobs/sha256/"));
    }

    /** What is there stays, and what is there of it already is not written again. */
    @Test
    void addsToALayoutAndToADirectoryOfCaches() throws Exception {
        Path layout = builder.folder().resolve("layout-" + nonce);
        Path caches = builder.folder().resolve("caches-" + nonce);
        for (String tag : new String[] {"one", "two"}) {
            builder.build(
                            builder.context(ONE_FILE.formatted(nonce + tag)),
                            "--outputs",
                            "type=oci,tar=false,dest=" + layout,
                            "--tags",
                            "its/layout:" + tag,
                            "--cache-to",
                            "type=local,dest=" + caches + ",tag=" + tag,
                            "--json")
                    .built();
        }
        Said full = builder.build(
                builder.context("FROM BASE\nRUN exit 7\n"),
                "--outputs",
                "type=oci,tar=false,dest=" + layout,
                "--cache-to",
                "type=local,dest=" + caches);

        assertThat(full.exit()).isEqualTo(1);
        for (Path directory : new Path[] {layout, caches}) {
            assertThat(namesIn(directory)).containsExactly("one", "two");
            WholeFiles.assertLayoutIsWhole(directory);
            try (Stream<Path> entries = Files.list(directory)) {
                assertThat(entries.map(Path::getFileName).map(Path::toString))
                        .containsExactlyInAnyOrder("blobs", "index.json", "oci-layout");
            }
        }
    }

    private static List<String> namesIn(Path layout) throws Exception {
        List<String> names = new ArrayList<>();
        for (JsonNode manifest :
                JSON.readTree(layout.resolve("index.json").toFile()).path("manifests")) {
            names.add(manifest.at("/annotations/org.opencontainers.image.ref.name")
                    .asText());
        }
        return names;
    }

    @Test
    void doesSeveralAtOnce() throws Exception {
        Path folder = Files.createDirectories(builder.folder().resolve("out-" + nonce));
        String image = Builder.image("outputs");

        JsonNode report = builder.build(
                        builder.context(ONE_FILE.formatted(nonce)),
                        "--platforms",
                        "386",
                        "--tags",
                        image,
                        "--push",
                        "--outputs",
                        "type=oci,dest=" + folder.resolve("image.tar"),
                        "--json")
                .built();

        assertThat(report.at("/image/digest").asText())
                .isEqualTo(Registry.read(image).digest());
        assertThat(Archive.names(folder.resolve("image.tar"))).contains("index.json");
    }
}
