package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Platform;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageIndexTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final Platform ARM64 = new Platform("linux", "arm64", "");

    @ParameterizedTest
    @ValueSource(strings = {"0.29.1", "0.36.1"})
    void readsEachPlatformAndLeavesAttestationsOut(String buildx) {
        Map<Platform, String> digests = ImageIndex.parse(RecordedOutput.read("index-multi-buildx-" + buildx))
                .orElseThrow();

        assertThat(digests).containsOnlyKeys(AMD64, ARM64);
        assertThat(digests.values()).allMatch(digest -> digest.matches("sha256:[0-9a-f]{64}"));
    }

    @Test
    void theDigestsAreThoseOfTheirPlatforms() {
        assertThat(ImageIndex.parse(RecordedOutput.read("index-multi-buildx-0.29.1"))
                        .orElseThrow())
                .containsExactly(
                        Map.entry(AMD64, "sha256:19ebddc85c39fee6b35ec0952372d6f134d8ec5b794279df1c8f0dd4a3def6ee"),
                        Map.entry(ARM64, "sha256:0d4d60062fd12a441161379ec7d069c4ec02c27cfbce388f6ff6c8d972094779"));
    }

    @Test
    void readsVariants() {
        assertThat(ImageIndex.parse("{\"manifests\":[{\"digest\":\"sha256:a\",\"platform\":{\"os\":\"linux\","
                        + "\"architecture\":\"arm\",\"variant\":\"v7\"}},{\"digest\":\"sha256:b\",\"platform\":"
                        + "{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"}}]}"))
                .contains(Map.of(new Platform("linux", "arm", "v7"), "sha256:a", ARM64, "sha256:b"));
    }

    @Test
    void anEntryWithoutDigestOrPlatformIsLeftOut() {
        assertThat(ImageIndex.parse("{\"manifests\":[{\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}},"
                        + "{\"digest\":\"sha256:a\"},7,{\"digest\":\"sha256:b\",\"platform\":{\"os\":\"plan9\","
                        + "\"architecture\":\"amd64\"}}]}"))
                .contains(Map.of());
    }

    @Test
    void aSingleManifestIsNoIndex() {
        assertThat(ImageIndex.parse(RecordedOutput.read("manifest-plain-buildx-0.36.1")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "ERROR: not found", "{\"manifests\":[", "null"})
    void whatIsNoJsonIsNoIndex(String text) {
        assertThat(ImageIndex.parse(text)).isEmpty();
    }
}
