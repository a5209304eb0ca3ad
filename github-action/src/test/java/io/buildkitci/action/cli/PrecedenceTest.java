package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.PlayedMachine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Flags before environment before configuration file, for every kind of input. */
class PrecedenceTest {
    private final PlayedMachine machine = new PlayedMachine();

    /** Flag, variable with its value, line of the file; what each of them comes to alone. */
    static Stream<Arguments> inputs() {
        return Stream.of(
                Arguments.of(
                        List.of("--target=flag"),
                        "BUILDKIT_CI_TARGET=variable",
                        "target: file",
                        List.of("--target", "flag"),
                        List.of("--target", "variable"),
                        List.of("--target", "file")),
                Arguments.of(
                        List.of("--platforms", "386"),
                        "BUILDKIT_CI_PLATFORMS=amd64, 386",
                        "platforms: [amd64]",
                        List.of("--platform", "linux/386"),
                        List.of("--platform", "linux/amd64,linux/386"),
                        List.of("--platform", "linux/amd64")),
                Arguments.of(
                        List.of("--label", "a=flag"),
                        "BUILDKIT_CI_LABELS=a=variable\nb=1,2",
                        "labels: {a: file, b: 1.10}",
                        List.of("--label", "a=flag"),
                        List.of("--label", "a=variable", "--label", "b=1,2"),
                        List.of("--label", "a=file", "--label", "b=1.10")),
                Arguments.of(
                        List.of("--pull"),
                        "BUILDKIT_CI_PULL=false",
                        "pull: true",
                        List.of("--pull"),
                        List.of(),
                        List.of("--pull")),
                Arguments.of(
                        List.of("--no-cache=false"),
                        "BUILDKIT_CI_NO_CACHE=True",
                        "no-cache: false",
                        List.of(),
                        List.of("--no-cache"),
                        List.of()),
                Arguments.of(
                        List.of("--secret-files", "f=flag"),
                        "BUILDKIT_CI_SECRET_FILES=f=variable",
                        "secret-file: f=file",
                        List.of("--secret", "id=f,src=flag"),
                        List.of("--secret", "id=f,src=variable"),
                        List.of("--secret", "id=f,src=file")));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void aFlagComesBeforeAVariableAndThatBeforeTheFile(
            List<String> flag,
            String variable,
            String line,
            List<String> ofTheFlag,
            List<String> ofTheVariable,
            List<String> ofTheFile)
            throws InterruptedException {
        machine.files.with("flag", "1").with("variable", "2").with("file", "3");
        machine.config(line);
        List<String> call = List.of("build-push", "--plan", "--config", "ci.yaml", ".");

        assertThat(flags(call, List.of())).isEqualTo(ofTheFile);
        int equals = variable.indexOf('=');
        machine.with(variable.substring(0, equals), variable.substring(equals + 1));
        assertThat(flags(call, List.of())).isEqualTo(ofTheVariable);
        assertThat(flags(call, flag)).isEqualTo(ofTheFlag);
    }

    @Test
    void everySourceGivesWhatTheOthersDoNot() throws InterruptedException {
        machine.config("target: t").with("BUILDKIT_CI_TAGS", "app:1");

        assertThat(flags(List.of("build-push", "--plan", "--config", "ci.yaml"), List.of("--load", ".")))
                .containsExactly("--target", "t", "--tag", "app:1", "--load");
    }

    @Test
    void anEmptyVariableIsNone() throws InterruptedException {
        machine.config("target: t").with("BUILDKIT_CI_TARGET", "");

        assertThat(flags(List.of("build-push", "--plan", "--config", "ci.yaml"), List.of()))
                .containsExactly("--target", "t");
    }

    @Test
    void variablesOfOthersAreLeftAlone() throws InterruptedException {
        machine.with("BUILDKIT_CI_CACHE_SERVICE", "x").with("INPUT_TAGS", "y").with("TAGS", "z");

        assertThat(flags(List.of("build-push", "--plan", "."), List.of())).isEmpty();
    }

    @Test
    void aProblemNamesItsInputAsItsSourceWritesIt() throws InterruptedException {
        machine.config("platforms: plan9\n").with("BUILDKIT_CI_NETWORK", "moon");

        PlayedMachine.Said said = machine.run("build-push", "--config", "ci.yaml", "--tags", "Bad/App", ".");

        assertThat(said.err())
                .contains("--tags: 'Bad/App': ", "BUILDKIT_CI_NETWORK: 'moon': ", "platforms in ci.yaml: 'plan9': ");
        assertThat(said.exit()).isEqualTo(2);
    }

    private List<String> flags(List<String> call, List<String> more) throws InterruptedException {
        List<String> all = Stream.concat(call.stream(), more.stream()).toList();
        return Shown.of(machine.run(all)).flags();
    }
}
