package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.Advice;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.QemuInputs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Advice in a workflow's log can be followed in the workflow: it names actions and inputs, never our command line. */
class GitHubAdviceTest {
    private static final GitHubWords WORDS =
            GitHubWords.from(Map.of("GITHUB_ACTION_REPOSITORY", "octo/images", "GITHUB_ACTION_REF", "v1"));
    private static final List<InputTable> ACTIONS = List.of(QemuInputs.ALL, BuilderInputs.ALL, BuildInputs.ALL);
    private static final Pattern ACTION =
            Pattern.compile("the action octo/images/([a-z-]+)@v1((?: (?:with|and) '[a-z-]+: [^']*')*)");
    private static final Pattern INPUT = Pattern.compile("'([a-z-]+): [^']*'");

    static List<String> texts() throws InterruptedException {
        return Advice.all(WORDS);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void saysNothingOfACommandLine(String text) {
        assertThat(text).doesNotContain("buildkit-ci ").doesNotContainPattern("(?<!COPY |after |\\()--[a-z]");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void namesActionsAndInputsThatThereAre(String text) {
        ACTION.matcher(text).results().forEach(action -> {
            InputTable taken = ACTIONS.stream()
                    .filter(table -> table.step().equals(action.group(1)))
                    .findFirst()
                    .orElseThrow();
            assertThat(INPUT.matcher(action.group(2)).results().map(input -> taken.named(input.group(1))))
                    .allMatch(Optional::isPresent);
        });
    }

    @Test
    void advisesEveryActionThatMendsABuild() throws InterruptedException {
        assertThat(texts().stream()
                        .flatMap(text -> ACTION.matcher(text).results())
                        .map(MatchResult::group))
                .contains(
                        "the action octo/images/setup-qemu@v1",
                        "the action octo/images/create-builder@v1",
                        "the action octo/images/create-builder@v1 with 'driver: docker-container'");
    }
}
