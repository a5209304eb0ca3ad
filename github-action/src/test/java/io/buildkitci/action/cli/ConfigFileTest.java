package io.buildkitci.action.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.host.PlayedMachine;
import io.buildkitci.action.host.PlayedMachine.Said;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
    private final PlayedMachine machine = new PlayedMachine();

    static Stream<Arguments> right() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("# nothing\n", List.of()),
                Arguments.of("platforms: [amd64, linux/386]", List.of("--platform", "linux/amd64,linux/386")),
                Arguments.of("platforms: amd64, 386", List.of("--platform", "linux/amd64,linux/386")),
                Arguments.of("platforms:\n- 386\n-\n", List.of("--platform", "linux/386")),
                Arguments.of("tag: app:1.10", List.of("--tag", "app:1.10")),
                Arguments.of(
                        "build-args: {V: 1.10, H: 0x10, E: 1e3, B: True}", args("V=1.10", "H=0x10", "E=1e3", "B=True")),
                Arguments.of("build-args: {A: , B: ~, C: null, D: 'null'}", args("A=", "B=", "C=", "D=null")),
                Arguments.of("build-args: ['A=1,2', \"B=x\\ny\"]", args("A=1,2", "B=x\ny")),
                Arguments.of("build-args: |\n  A=1\n  B=2\n", args("A=1", "B=2")),
                Arguments.of("load: true\npull: false", List.of("--load")),
                Arguments.of("load: TRUE", List.of("--load")),
                Arguments.of("target:", List.of()),
                Arguments.of("target: null", List.of()),
                Arguments.of("target: 'null'", List.of("--target", "null")),
                Arguments.of(
                        "shm-size: 256m\nno-cache-filters: [a, b]",
                        List.of("--no-cache-filter", "a", "--no-cache-filter", "b", "--shm-size", "256m")),
                Arguments.of("build-push: {target: a}\nsetup-qemu: {platforms: all}", List.of("--target", "a")),
                Arguments.of("setup-qemu: {platforms: all}", List.of()),
                Arguments.of("build-push:\n", List.of()),
                Arguments.of("x: &p [amd64]\n".replace("x", "platforms"), List.of("--platform", "linux/amd64")));
    }

    private static List<String> args(String... values) {
        return Stream.of(values).flatMap(v -> Stream.of("--build-arg", v)).toList();
    }

    @ParameterizedTest
    @MethodSource("right")
    void givesInputsAsTheyAreWritten(String yaml, List<String> flags) throws InterruptedException {
        machine.config(yaml);

        assertThat(Shown.of(machine.run("build-push", "--plan", "--config", "ci.yaml", "."))
                        .flags())
                .isEqualTo(flags);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("a: [", "ci.yaml: is not valid YAML"),
                Arguments.of("\tx: y", "ci.yaml: is not valid YAML"),
                Arguments.of("tags: a\ntags: b", "duplicate key"),
                Arguments.of("- tags", "ci.yaml: must be a map of inputs"),
                Arguments.of("just text", "ci.yaml: must be a map of inputs"),
                Arguments.of(
                        "tags: {a: {b: c}}", "tags in ci.yaml: must be a text, a number, true or false, or a list"),
                Arguments.of("tags: [[a]]", "tags in ci.yaml: must be a text"),
                Arguments.of("push: {a: b}", "push in ci.yaml: must be a text"),
                Arguments.of("push: yes", "push in ci.yaml: 'yes': not a boolean"),
                Arguments.of("push: [true, false]", "push in ci.yaml: takes one value; 2 were given"),
                Arguments.of("plattforms: amd64", "plattforms in ci.yaml: unknown input; did you mean 'platforms'?"),
                Arguments.of("tag: a\ntags: b", "tag in ci.yaml: given beside tags in ci.yaml, its other name"),
                Arguments.of("1: x", "1 in ci.yaml: unknown input"),
                Arguments.of("[a, b]: x", "ci.yaml: is not valid YAML"),
                Arguments.of("build-push: {target: a}\ntags: b", "every key must be a step"),
                Arguments.of("build-push: [a]", "'build-push' must be a map of inputs"),
                Arguments.of("tags: !!java.net.URL [x]", "ci.yaml: is not valid YAML"),
                Arguments.of("tags: &a [*a]", "ci.yaml"),
                Arguments.of("&a ? *a : b", "ci.yaml"),
                Arguments.of("tags: " + "[".repeat(100_000), "ci.yaml: is not valid YAML"),
                Arguments.of("tags: " + "[".repeat(20_000) + "]".repeat(20_000), "ci.yaml"),
                Arguments.of("context: \"a\\0b\"", "context in ci.yaml: "),
                Arguments.of("file: \"a\\0b\"", "file in ci.yaml: "),
                Arguments.of("secret-files: \"a=a\\0b\"", "secret-files in ci.yaml: "),
                Arguments.of("context: \"\\uD800\"", "ci.yaml"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhatIsWrongAndWhere(String yaml, String problem) throws InterruptedException {
        machine.config(yaml);

        Said said = machine.run("build-push", "--config", "ci.yaml");

        assertThat(said.err()).contains(problem).doesNotContain("Exception", "\tat ");
        assertThat(said.exit()).isEqualTo(2);
        assertThat(machine.runner.commands()).isEmpty();
    }

    @Test
    void aBrokenFileIsReportedWithEverythingElse() throws InterruptedException {
        machine.config("platforms: [");

        Said said = machine.run("build-push", "--config", "ci.yaml", "--tags", "Bad/App", ".");

        assertThat(said.err()).contains("2 inputs are wrong", "ci.yaml: is not valid YAML", "--tags: 'Bad/App'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.yaml", ".", "a\0b"})
    void aFileThatCannotBeReadIsAProblem(String name) throws InterruptedException {
        Said said = machine.run("build-push", "--config", name, ".");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.err()).contains("--config: ", "no such file, or it cannot be read");
    }

    @Test
    void everyStepTakesItsOwnSection() throws InterruptedException {
        machine.config("""
                build-push: {push: maybe}
                create-builder: {driver: moon}
                remove-builder: {name: "-"}
                setup-qemu: {platforms: plan9}
                doctor: {builder: "?"}
                """);

        assertThat(machine.run("build-push", "--config", "ci.yaml").err()).contains("push in ci.yaml: 'maybe'");
        assertThat(machine.run("create-builder", "--config", "ci.yaml").err()).contains("driver in ci.yaml: 'moon'");
        assertThat(machine.run("remove-builder", "--config", "ci.yaml").err()).contains("name in ci.yaml: '-'");
        assertThat(machine.run("setup-qemu", "--config", "ci.yaml").err()).contains("platforms in ci.yaml: 'plan9'");
        assertThat(machine.run("doctor", "--config", "ci.yaml").err()).contains("builder in ci.yaml: '?'");
    }

    static Stream<Arguments> nodes() {
        return Stream.of(
                Arguments.of("- endpoint: [", "append: is not valid YAML"),
                Arguments.of("endpoint: x", "append: must be a YAML list of maps"),
                Arguments.of("- x", "append: must be a YAML list of maps"),
                Arguments.of("- endpiont: x", "endpiont in --append: unknown input; did you mean 'endpoint'?"),
                Arguments.of("- platforms: [plan9]", "platforms in --append: 'plan9'"),
                Arguments.of("- endpoint: {a: b}", "endpoint in --append: must be a text"));
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void theNodesOfABuilderAreCheckedToo(String yaml, String problem) throws InterruptedException {
        Said said = machine.run("create-builder", "--name", "ci", "--append", yaml);

        assertThat(said.err()).contains(problem);
        assertThat(said.exit()).isEqualTo(2);
    }
}
