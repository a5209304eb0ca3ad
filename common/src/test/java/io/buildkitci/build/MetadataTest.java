package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
    private static final String REGISTRY = "localhost:5555/h-tests/";

    /** Recording; whether it names an index; digest and digest of the configuration, shortened; names. */
    static Stream<Arguments> images() {
        return Stream.of(
                image("single-remote-buildx-0.29.1", true, "bfb0e79", "", REGISTRY + "single:0.29.1"),
                image("single-remote-buildx-0.36.1", true, "e3a72ff", "", REGISTRY + "single:0.36.1"),
                image(
                        "multi-remote-buildx-0.29.1",
                        true,
                        "faf3e6e",
                        "",
                        REGISTRY + "multi:0.29.1",
                        REGISTRY + "multi:other"),
                image(
                        "multi-remote-buildx-0.36.1",
                        true,
                        "e7dea9f",
                        "",
                        REGISTRY + "multi:0.36.1",
                        REGISTRY + "multi:other"),
                image(
                        "multi-docker-buildx-0.36.1",
                        true,
                        "cd82d9c",
                        "",
                        REGISTRY + "multi:0.36.1",
                        REGISTRY + "multi:other"),
                image("plain-remote-buildx-0.29.1", false, "362b275", "9ff3b37", REGISTRY + "plain:0.29.1"),
                image("plain-remote-buildx-0.36.1", false, "362b275", "9ff3b37", REGISTRY + "plain:0.36.1"),
                image("load-remote-buildx-0.36.1", false, "362b275", "", "docker.io/library/h-tests-loaded:0.36.1"),
                image("load-docker-buildx-0.29.1", true, "1c1b2cc", "", "docker.io/library/h-tests-loaded:0.29.1"),
                image("oci-remote-buildx-0.36.1", false, "362b275", "9ff3b37", "docker.io/library/h-tests:oci"),
                image("two-remote-buildx-0.36.1", true, "f316a7f", "", REGISTRY + "two:0.36.1"));
    }

    private static Arguments image(String recording, boolean index, String digest, String config, String... names) {
        return Arguments.of(recording, index, digest, config, List.of(names));
    }

    @ParameterizedTest
    @MethodSource("images")
    void readsWhatBuildxWroteOfAnImage(
            String recording, boolean index, String digest, String config, List<String> names) {
        Metadata metadata = Metadata.parse(RecordedOutput.read(recording));

        assertThat(metadata.isIndex()).isEqualTo(index);
        assertThat(metadata.digest())
                .get()
                .asString()
                .startsWith("sha256:" + digest)
                .hasSize(71);
        assertThat(metadata.configDigest().map(c -> c.substring(7, 14)).orElse(""))
                .isEqualTo(config);
        assertThat(metadata.names()).isEqualTo(names);
        assertThat(metadata.buildRef()).get().asString().matches("[\\w-]+/[\\w-]+/\\w{25}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local-remote-buildx-0.29.1",
                "local-remote-buildx-0.36.1",
                "none-remote-buildx-0.29.1",
                "none-remote-buildx-0.36.1",
                "check-remote-buildx-0.36.1"
            })
    void readsThatThereIsNoImage(String recording) {
        Metadata metadata = Metadata.parse(RecordedOutput.read(recording));

        assertThat(metadata.digest()).isEmpty();
        assertThat(metadata.names()).isEmpty();
        assertThat(metadata.isIndex()).isFalse();
        assertThat(metadata.json()).isEqualTo(RecordedOutput.read(recording));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "null", "\"x\"", "{\"a\":[", "no json", "{}", "\0"})
    void whatIsNoObjectIsNothing(String text) {
        assertThat(Metadata.parse(text)).isEqualTo(Metadata.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"containerimage.digest\":7,\"image.name\":[\"a\"],\"containerimage.descriptor\":\"x\"}",
                "{\"containerimage.digest\":null,\"image.name\":\" , \",\"containerimage.descriptor\":{\"mediaType\":1}}"
            })
    void fieldsOfOtherKindsAreLeftOut(String text) {
        Metadata metadata = Metadata.parse(text);

        assertThat(metadata.digest()).isEmpty();
        assertThat(metadata.names()).isEmpty();
        assertThat(metadata.mediaType()).isEmpty();
    }
}
