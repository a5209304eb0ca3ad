package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.host.PlayedMachine.Said;
import io.buildkitci.input.InputSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private final PlayedMachine machine = new PlayedMachine();

    static Stream<Arguments> exits() {
        return Stream.of(
                Arguments.of(0, "--help"),
                Arguments.of(0, "-h"),
                Arguments.of(0, "--version"),
                Arguments.of(0, "build-push --help"),
                Arguments.of(0, "build-push ."),
                Arguments.of(0, "build-push"),
                Arguments.of(0, "build-push --plan ."),
                Arguments.of(0, "doctor"),
                Arguments.of(0, "doctor --gc"),
                Arguments.of(2, ""),
                Arguments.of(2, "bulid-push ."),
                Arguments.of(2, "--tags app build-push"),
                Arguments.of(2, "build-push --push ."),
                Arguments.of(2, "build-push nowhere"),
                Arguments.of(2, "doctor stray"),
                Arguments.of(2, "remove-builder"));
    }

    @ParameterizedTest
    @MethodSource("exits")
    void endsWithTheCodeThatIsDocumented(int exit, String line) throws InterruptedException {
        Said said = machine.run(line.isEmpty() ? List.of() : Arrays.asList(line.split(" ", -1)));

        assertThat(said.exit()).as(said.err()).isEqualTo(exit);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        1,
                        "ERROR: failed to build: failed to solve: dockerfile parse error on line 3: unknown instruction: RUNN"),
                Arguments.of(
                        4,
                        "ERROR: failed to build: failed to solve: failed to push r.example/app: failed to authorize: failed to"
                                + " fetch anonymous token: unexpected status from GET request to https://r.example/token: 500"
                                + " Internal Server Error"),
                Arguments.of(
                        3,
                        "ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon"
                                + " running?"),
                Arguments.of(1, "ERROR: something that nobody has ever seen"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theBlameForAFailureDecidesTheCode(int exit, String words) throws InterruptedException {
        Said said = machine.failing(words).run("build-push", "--push", "--tags", "r.example/app", ".");

        assertThat(said.exit()).as(said.out()).isEqualTo(exit);
        assertThat(said.out()).startsWith("✗").contains("→");
        assertThat(machine.files.paths()).noneMatch(path -> path.startsWith("/run/"));
    }

    @Test
    void withoutBuildxTheEnvironmentIsNotUsable() throws InterruptedException {
        machine.with("BUILDKIT_CI_BUILDX", "/nowhere/docker-buildx");

        for (String step : List.of("build-push", "create-builder", "doctor")) {
            Said said = machine.run(step);
            assertThat(said.exit()).as(step).isEqualTo(3);
            assertThat(said.out() + said.err()).contains("/nowhere/docker-buildx");
        }
        assertThat(machine.runner.commands()).isEmpty();
    }

    /** The played web has nothing, so that it shows what was asked for. */
    @Test
    void whereNoBuildxIsAtAllCreateBuilderAsksForTheOneThatWasTested() throws InterruptedException {
        machine.without("BUILDKIT_CI_BUILDX");

        Said said = machine.run("create-builder");

        assertThat(said.exit()).as(said.err()).isEqualTo(3);
        assertThat(said.err())
                .contains("there is nothing at https://github.com/docker/buildx/releases/download/v0.36.1/");
        assertThat(machine.web.asked()).hasSize(1);
    }

    @Test
    void whatTheBuilderCannotDoIsToldWithItsInputBeforeAnythingRuns() throws InterruptedException {
        machine.runner
                .on(PlayedMachine.BUILDX, "inspect")
                .out(
                        "Name: default",
                        "Driver: docker",
                        "",
                        "Nodes:",
                        "Name: default",
                        "Endpoint: default",
                        "Status: running",
                        "Platforms: linux/amd64");

        Said shown = machine.run("build-push", "--plan", "--platforms", "amd64,arm64", "--cache-to", "type=gha", ".");
        Said run = machine.run("build-push", "--platforms", "amd64,arm64", "--cache-to", "type=gha", ".");

        assertThat(shown.err())
                .contains("--platforms: the docker driver", "--cache-to: the docker driver", "-> turn on");
        assertThat(shown.exit()).isEqualTo(3);
        assertThat(run.out()).contains("platforms: the docker driver");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(machine.builds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--plattforms, --platforms",
        "--build-args-, build-args",
        "--tgas, tags",
        "--secrt-envs, secret-envs",
        "--Push, push",
        "--cachefrom, cache-from"
    })
    void anUnknownFlagIsToldWithTheNearestOne(String typed, String nearest) throws InterruptedException {
        Said said = machine.run("build-push", typed, "value", ".");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("one input is wrong; nothing was run", "unknown input; did you mean")
                .contains(nearest.replace("--", ""));
    }

    /** Its value is attached, so that what follows is the context; there is nothing to find in the current directory. */
    @Test
    void anUnknownFlagWithAValueLeavesTheContextAlone() throws InterruptedException {
        Said said = machine.run("build-push", "--plattforms=linux/amd64", "nowhere");

        assertThat(said.err())
                .contains("2 inputs are wrong", "did you mean 'platforms'", "context", "'nowhere'")
                .doesNotContain("'./Dockerfile'");
    }

    @Test
    void unknownFlagsAreReportedWithEverythingElseAsTheyWereTyped() throws InterruptedException {
        Said said = machine.run(
                "build-push",
                "--plattforms",
                "amd64",
                "-t",
                "app:1",
                "--tags",
                "Bad/App",
                "--pull=maybe",
                "--network=moon");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("5 inputs are wrong; nothing was run")
                .contains("  --plattforms: unknown input; did you mean 'platforms'?")
                .contains("  -t: unknown input; ")
                .contains("  --tags: 'Bad/App': ")
                .contains("  --pull: 'maybe': not a boolean; accepted are true and false")
                .contains("  --network: 'moon': ");
        assertThat(machine.runner.commands()).isEmpty();
    }

    @Test
    void aValueOfAnUnknownFlagIsNotRepeated() throws InterruptedException {
        Said said = machine.run("build-push", "--secert", "npm=correct-horse-battery", ".");
        Said noStep = machine.run("bulid-push", "--secrets", "npm=correct-horse-battery");

        assertThat(said.err()).contains("--secert: unknown input").doesNotContain("correct-horse");
        assertThat(noStep.err()).contains("there is no step 'bulid-push'").doesNotContain("correct-horse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tags", "--tags --push", "--tags -h", "--push --config", "--json-file --plan"})
    void aFlagWithoutItsValueIsAProblemOfItsOwn(String flags) throws InterruptedException {
        List<String> words = Arrays.asList(("build-push --platforms plan9 --pull=maybe " + flags).split(" ", -1));

        Said said = machine.run(words);

        if (!flags.contains("-h")) {
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.err()).contains("needs a value", "--platforms: 'plan9'", "--pull: 'maybe'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json=true", "--plan=yes", "--help=x"})
    void aSwitchOfTheCommandLineItselfTakesNoValue(String flag) throws InterruptedException {
        Said said = machine.run("build-push", flag, ".");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains(flag.replaceFirst("=.*", "") + ": takes no value");
    }

    @Test
    void aSwitchLeavesTheContextAlone() throws InterruptedException {
        Shown shown = Shown.of(machine.run("build-push", "--plan", "--tags", "app", "--push", "app"));

        assertThat(shown.flags()).containsExactly("--tag", "app", "--push");
        assertThat(shown.context()).isEqualTo("app");
    }

    @Test
    void aSwitchCanBeTurnedOff() throws InterruptedException {
        machine.with("BUILDKIT_CI_PUSH", "true");

        assertThat(Shown.of(machine.run("build-push", "--plan", "--push=false", "."))
                        .flags())
                .isEmpty();
    }

    @Test
    void aSwitchThatIsNeitherIsOneClearProblem() throws InterruptedException {
        Said said = machine.run("build-push", "--push=maybe", ".");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err())
                .contains("one input is wrong; nothing was run")
                .contains("--push: 'maybe': not a boolean; accepted are true and false");
    }

    @Test
    void aListCanBeGivenByRepeatingItsFlag() throws InterruptedException {
        Shown shown = Shown.of(machine.run(
                "build-push", "--plan", "--tags", "a:1,b:2", "--tag=c:3", "--label", "x=1,2", "--label", "y=3", "."));

        assertThat(shown.flags())
                .containsExactly("--tag", "a:1", "--tag", "b:2", "--tag", "c:3", "--label", "x=1,2", "--label", "y=3");
    }

    @Test
    void ofATextGivenTwiceTheLastOneCounts() throws InterruptedException {
        assertThat(Shown.of(machine.run("build-push", "--plan", "--target", "a", "--target=b", "."))
                        .flags())
                .containsExactly("--target", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {". app", "--context app .", ". -- app"})
    void twoContextsAreOneTooMany(String arguments) throws InterruptedException {
        List<String> words = Arrays.asList(("build-push " + arguments).split(" ", -1));

        Said said = machine.run(words);

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("context: ", "one context can be given");
    }

    @Test
    void aValueMayLookLikeAFlag() throws InterruptedException {
        assertThat(Shown.of(machine.run("build-push", "--plan", "--label=-x=--y", "--build-args=--v=1", "."))
                        .flags())
                .containsExactly("--build-arg", "--v=1", "--label", "-x=--y");
    }

    @Test
    void aStepWithoutContextTakesFlagsOnly() throws InterruptedException {
        Said said = machine.run("doctor", "ci");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("doctor: 'ci': ", "flags only");
    }

    static Stream<Arguments> inputs() {
        return CommandLineHost.steps().stream()
                .flatMap(step -> step.table().specs().stream()
                        .map(input -> Arguments.of(step.table().step(), input)));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void theHelpOfAStepTellsEveryInputWithItsDefaultAndAnExample(String step, InputSpec input)
            throws InterruptedException {
        String help = machine.run(step, "--help").out();

        String entry = Stream.of(help.split("\n(?=  -|\n)"))
                .filter(part -> part.strip().matches("(?s)--" + input.name() + "[ \\[].*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no entry in " + help))
                .replaceAll("\\s+", " ");
        assertThat(entry).contains(input.description());
        if (!input.defaultValue().isEmpty()) {
            assertThat(entry).contains("default: " + input.defaultValue());
        }
        assertThat(entry).contains("example: --" + input.name() + "=");
        if (input.isList()) {
            assertThat(entry).contains("list; repeatable");
        }
    }

    @Test
    void theOverviewTellsEveryStepAndEveryExitCode() throws InterruptedException {
        Said said = machine.run("--help");

        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("build-push", "setup-qemu", "create-builder", "remove-builder", "doctor");
        assertThat(said.out()).contains("0 built", "1 ", "2 ", "3 ", "4 ", "70 ", "130 ");
    }

    @Test
    void tellsItsVersion() throws InterruptedException {
        assertThat(machine.run("--version").out()).isEqualTo("buildkit-ci 1.2.3\n");
    }

    @Test
    void aConfigurationIsNeverTakenForAnInputOfTheSameName() throws InterruptedException {
        machine.config("driver: docker\n");

        Said said = machine.run("create-builder", "--config", "ci.yaml", "--driver-opts", "a=b");

        assertThat(said.err()).contains("driver docker takes no options").doesNotContain("no buildkitd to configure");
    }

    @Test
    void noLineOfAPersonsHomeIsToldByTheHost() {
        machine.with("NPM_TOKEN", "correct-horse-battery");

        assertThat(machine.host(System.out, System.err).toString()).doesNotContain("correct-horse");
    }

    @Test
    void aBuilderThatDoesNotStartTellsNoVariableOfItsDaemon() throws InterruptedException {
        machine.runner.on(PlayedMachine.BUILDX, "create");
        machine.runner
                .when(command -> command.argv().contains("--bootstrap"))
                .err("#1 with correct-horse", "ERROR: correct-horse is no proxy")
                .exit(1);
        Said said = machine.run("create-builder", "--bootstrap", "--driver-opts", "env.http_proxy=correct-horse");

        assertThat(said.exit()).isNotZero();
        assertThat(said.err()).contains("is no proxy").doesNotContain("correct-horse");
    }
}
