package io.buildkitci.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.action.runner.RunnerView;
import io.buildkitci.action.runner.StepLog;
import io.buildkitci.input.BuildInputs;
import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.InputTable;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionInputsTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private RawInput read(Map<String, String> environment, InputTable... tables) {
        try (StepLog log = new StepLog(new PrintStream(said, true, StandardCharsets.UTF_8), "token")) {
            return ActionInputs.read(environment, List.of(tables), log);
        }
    }

    private List<String> warnings() {
        return RunnerView.of(said.toString(StandardCharsets.UTF_8)).data("warning");
    }

    @Test
    void areTakenByTheNamesThatTheRunnerMakesOfThem() {
        RawInput inputs = read(
                Map.of("INPUT_BUILD-ARGS", " A=1\n", "INPUT_TAGS", "", "INPUT_FILE", " \n", "BUILD-ARGS", "B=2"),
                BuildInputs.ALL);

        assertThat(inputs).isEqualTo(RawInput.of(Map.of("build-args", RawValue.of(" A=1\n"))));
        assertThat(warnings()).isEmpty();
    }

    @Test
    void thatThereAreNotAreToldInOrderWithoutTheirValues() {
        RawInput inputs = read(
                Map.of("INPUT_ZZZ", "hidden", "INPUT_PLATFRMS", "hidden", "INPUT_STEP", "build-push"), BuildInputs.ALL);

        assertThat(inputs).isEqualTo(RawInput.NONE);
        assertThat(warnings())
                .containsExactly(
                        "there is no input 'platfrms'; it is not used; did you mean 'platforms'?",
                        "there is no input 'zzz'; it is not used");
    }

    @Test
    void ofSeveralTablesAreToldApart() {
        RawInput inputs = read(
                Map.of("INPUT_TAGS", "a", "INPUT_ENDPOINT", "tcp://h:1", "INPUT_PLATFORMS", "linux/amd64"),
                BuildInputs.ALL,
                BuilderInputs.ALL);

        assertThat(ActionInputs.of(BuildInputs.ALL, inputs).given()).containsOnlyKeys("tags", "platforms");
        assertThat(ActionInputs.of(BuilderInputs.ALL, inputs).given()).containsOnlyKeys("endpoint", "platforms");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void ofNothingButBlanksHaveNoText() {
        RawInput inputs =
                RawInput.of(Map.of("a", RawValue.of(" x \n"), "b", RawValue.of("  "), "c", RawValue.of(List.of("y"))));

        assertThat(ActionInputs.text(inputs, "a")).contains("x");
        assertThat(ActionInputs.text(inputs, "b")).isEmpty();
        assertThat(ActionInputs.text(inputs, "c")).isEmpty();
        assertThat(ActionInputs.text(inputs, "d")).isEmpty();
    }
}
