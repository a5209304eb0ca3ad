package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.Advice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Advice on a command line can be typed: its commands are taken by our own parser. */
class CommandLineAdviceTest {
    private static final Pattern COMMAND = Pattern.compile("buildkit-ci [a-z-]+(?: --[a-z-]+ [^\\s)]+)*");
    private static final CommandLineWords WORDS = new CommandLineWords();

    static Set<String> commands() throws InterruptedException {
        Set<String> commands = new TreeSet<>(Set.of(WORDS.call("remove-builder", Map.of("name", "ci"))));
        for (String text : Advice.all(WORDS)) {
            COMMAND.matcher(text).results().map(MatchResult::group).forEach(commands::add);
        }
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandIsTakenByTheStepThatItNames(String command) {
        List<String> typed = Arrays.asList(command.split(" ", -1));
        Step step = CommandLineHost.steps().stream()
                .filter(s -> s.table().step().equals(typed.get(1)))
                .findFirst()
                .orElseThrow();
        Arguments arguments = Arguments.parse(typed.subList(2, typed.size()), StepFlags.of(step), step.table());

        assertThat(arguments.unknown()).isEmpty();
        assertThat(arguments.problems()).isEmpty();
        assertThat(arguments.others()).isEmpty();
    }

    @Test
    void theEngineAdvisesTheseCommands() throws InterruptedException {
        assertThat(commands())
                .containsExactly(
                        "buildkit-ci build-push --driver buildkitd",
                        "buildkit-ci create-builder",
                        "buildkit-ci create-builder --driver buildkitd",
                        "buildkit-ci create-builder --driver docker-container",
                        "buildkit-ci create-builder --name nope",
                        "buildkit-ci doctor",
                        "buildkit-ci remove-builder --name ci",
                        "buildkit-ci setup-qemu");
    }

    @Test
    void aValueIsQuotedForTheShell() {
        assertThat(WORDS.call("create-builder", Map.of("name", "it's; ls")))
                .isEqualTo("buildkit-ci create-builder --name 'it'\\''s; ls'");
    }

    @Test
    void namesTheVariableThatBuildxIsTakenFrom() throws InterruptedException {
        assertThat(Advice.all(WORDS)).anyMatch(text -> text.endsWith("name the binary in BUILDKIT_CI_BUILDX"));
    }
}
