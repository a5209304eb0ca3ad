package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.Advice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Advice in a workflow's log can be followed in the workflow: it names actions and inputs, never our command line. */
class GitHubAdviceTest {
    private static final GitHubWords WORDS =
            GitHubWords.from(Map.of("GITHUB_ACTION_REPOSITORY", "octo/images", "GITHUB_ACTION_REF", "v1"));
    private static final Pattern ACTION =
            Pattern.compile("the action octo/images/([a-z-]+)@v1((?: (?:with|and) '[a-z-]+: [^']*')*)");
    private static final Pattern VALUE = Pattern.compile("'([a-z-]+): [^']*'");
    private static final Pattern INPUT = Pattern.compile("(?<!builder )'([a-z-]+)'(?: of ([a-z]+-[a-z]+))?");

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
        ACTION.matcher(text)
                .results()
                .forEach(action -> assertThat(inputs(action.group(1)))
                        .containsAll(VALUE.matcher(action.group(2))
                                .results()
                                .map(value -> value.group(1))
                                .toList()));
        INPUT.matcher(text)
                .results()
                .forEach(input -> assertThat(inputs(input.group(2) == null ? "build-push" : input.group(2)))
                        .contains(input.group(1)));
    }

    /** The inputs that an action's own file declares. */
    private static Set<String> inputs(String action) {
        Path file = Path.of("..", action, "action.yml");
        try {
            Map<?, ?> declared =
                    (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return ((Map<?, ?>) Objects.requireNonNull(declared.get("inputs")))
                    .keySet().stream().map(String::valueOf).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("no such action: " + action, e);
        }
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
