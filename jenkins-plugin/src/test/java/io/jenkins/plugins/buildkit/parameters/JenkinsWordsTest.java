package io.jenkins.plugins.buildkit.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JenkinsWordsTest {
    private final JenkinsWords words = new JenkinsWords();

    @Test
    void namesParametersAndStepsAsPipelinesDo() {
        assertThat(words.input("cache-from")).isEqualTo("'cacheFrom'");
        assertThat(words.step("setup-qemu")).isEqualTo("buildkitSetupQemu");
        assertThat(words.call("setup-qemu", Map.of("platforms", "linux/arm64")))
                .isEqualTo("buildkitSetupQemu(platforms: 'linux/arm64')");
        assertThat(words.call("create-builder", Map.of("name", "it's")))
                .isEqualTo("buildkitCreateBuilder(name: 'it\\'s')");
        assertThat(words.call("remove-builder", Map.of("name", "ci"))).isEqualTo("docker buildx rm ci");
    }
}
