package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.failure.FailureCode;
import io.buildkitci.words.HostWords;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHubWordsTest {
    private static final HostWords WORDS = GitHubWords.from(Map.of());

    @Test
    void namesActionsAsTheRunningOneWasNamed() {
        HostWords words =
                GitHubWords.from(Map.of("GITHUB_ACTION_REPOSITORY", "octo/images", "GITHUB_ACTION_REF", "v1"));

        assertThat(words.step("setup-qemu")).isEqualTo("the action octo/images/setup-qemu@v1");
        assertThat(words.call("create-builder", Map.of("driver", "docker-container")))
                .isEqualTo("the action octo/images/create-builder@v1 with 'driver: docker-container'");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"'',''", "'',v1", "octo,v1", "octo/images two,v1"})
    void namesActionsByTheirNamesWhereTheReferenceIsNotKnown(String repository, String ref) {
        HostWords words = GitHubWords.from(Map.of("GITHUB_ACTION_REPOSITORY", repository, "GITHUB_ACTION_REF", ref));

        assertThat(words.step("create-builder")).isEqualTo("the action create-builder");
    }

    @Test
    void leavesAReferenceOutThatIsNone() {
        HostWords words = GitHubWords.from(
                Map.of("GITHUB_ACTION_REPOSITORY", "octo/images", "GITHUB_ACTION_REF", "v1\n::set-output::"));

        assertThat(words.step("setup-qemu")).isEqualTo("the action octo/images/setup-qemu");
    }

    @Test
    void linksToPagesOfTheReleaseThatRuns() {
        HostWords words = GitHubWords.from(Map.of(
                "GITHUB_ACTION_REPOSITORY", "octo/images",
                "GITHUB_ACTION_REF", "v1",
                "GITHUB_SERVER_URL", "https://ghe.example:8443"));

        assertThat(FailureCode.DISK_FULL.help(words))
                .isEqualTo("https://ghe.example:8443/octo/images/blob/v1/docs/failures.md#disk-full");
        assertThat(FailureCode.DISK_FULL.help(WORDS)).isEqualTo("docs/failures.md#disk-full");
    }

    @Test
    void saysWhichActionHasAnInputThatTheBuildHasNot() {
        assertThat(WORDS.input("platforms")).isEqualTo("'platforms'");
        assertThat(WORDS.input("buildkitd-flags")).isEqualTo("'buildkitd-flags' of create-builder");
        assertThat(FailureCode.REGISTRY_TLS.advice(WORDS)).endsWith("in 'buildkitd-config' of create-builder.");
    }

    @Test
    void removesABuilderWithBuildxForThereIsNoActionThatDoes() {
        assertThat(WORDS.call("remove-builder", Map.of("name", "ci"))).isEqualTo("docker buildx rm ci");
    }

    @Test
    void joinsInputsInTheirOrder() {
        Map<String, String> inputs = new java.util.LinkedHashMap<>();
        inputs.put("name", "ci");
        inputs.put("driver", "remote");

        assertThat(WORDS.call("create-builder", inputs))
                .isEqualTo("the action create-builder with 'name: ci' and 'driver: remote'");
    }
}
