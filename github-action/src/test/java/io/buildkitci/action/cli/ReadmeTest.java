package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.yaml.ConfigFile;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Outside;
import io.buildkitci.input.RawInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README tells people to type is understood, every input of it. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Outside ANYTHING = new Outside(name -> Optional.of("set"), path -> true, path -> true);

    static Stream<String> commands() {
        return blocks("sh").flatMap(String::lines).filter(line -> line.startsWith("bin/buildkit-ci build-push"));
    }

    static Stream<String> configurations() {
        return blocks("yaml").filter(block -> block.contains("--config"));
    }

    static Stream<String> promisedSteps() {
        return text().lines()
                .filter(line -> line.matches("\\| `[a-z -]+` \\| .*"))
                .map(line -> line.split("`", -1)[1]);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandIsValid(String command) {
        List<String> words = Arrays.asList(command.split(" "));
        Step step = new BuildPushStep();
        Arguments arguments = Arguments.parse(words.subList(2, words.size()), StepFlags.of(step), step.table());

        assertThat(arguments.unknown()).isEmpty();
        assertThat(arguments.problems()).isEmpty();
        assertThat(arguments.others()).containsExactly(".");
        assertThat(check(Sources.flags(arguments, step.table()))).isInstanceOf(Checked.Valid.class);
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aConfigurationFileIsValid(String yaml) {
        ConfigFile file = ConfigFile.parse("ci.yaml", yaml, BuildInputs.ALL, Set.of("build-push"));

        assertThat(file.problems()).isEmpty();
        assertThat(file.input().given().keySet()).contains("platforms", "build-args");
        assertThat(check(file.input())).isInstanceOf(Checked.Valid.class);
    }

    @Test
    void namesEveryStepThereIs() {
        assertThat(promisedSteps())
                .containsAll(CommandLineHost.steps().stream()
                        .map(step -> step.table().step())
                        .toList());
    }

    @Test
    void hasSomethingToCheck() {
        assertThat(commands()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(configurations()).hasSize(1);
    }

    private static Checked<?> check(RawInput raw) {
        return BuildInputs.check(raw, ANYTHING);
    }

    private static Stream<String> blocks(String language) {
        Matcher matcher = BLOCK.matcher(text());
        return matcher.results().filter(r -> r.group(1).equals(language)).map(r -> r.group(2));
    }

    private static String text() {
        try {
            return Files.readString(Path.of("../README.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
