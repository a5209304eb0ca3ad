package io.buildkitci.action.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.FakeOutside;
import io.buildkitci.input.Notice;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docker/setup-buildx-action 3 accepted and 4 does not. */
class DeprecatedInputsTest {
    @ParameterizedTest
    @CsvSource({"config, buildkitd-config", "config-inline, buildkitd-config-inline"})
    void anOldNameIsTakenForTheNewOneAndTold(String old, String now) {
        RawInput raw = RawInput.of(Map.of(old, RawValue.of("text"), now, RawValue.of("")), name -> "with." + name);

        DeprecatedInputs replaced = DeprecatedInputs.ofBuilder(raw);

        assertThat(replaced.inputs().given())
                .isEqualTo(Map.of(now, new RawInput.Given("with." + old, RawValue.of("text"))));
        assertThat(replaced.notices()).containsExactly(new Notice("with." + old, "is deprecated; write " + now));
    }

    @Test
    void bothNamesAtOnceAreLeftForCheckingToComplainOf() {
        RawInput raw =
                RawInput.of(Map.of("config-inline", RawValue.of("a"), "buildkitd-config-inline", RawValue.of("b")));

        RawInput replaced = DeprecatedInputs.ofBuilder(raw).inputs();

        assertThat(replaced.given()).isEqualTo(raw.given());
        assertThat(BuilderInputs.check(
                        replaced, List.of(), FakeOutside.checkout().outside()))
                .isInstanceOf(Checked.Invalid.class);
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "yes, 1", "false, 0", "FALSE, 0", "'', 0"})
    void installDoesNothingAndSaysSoWhenItWasAskedFor(String value, int notices) {
        RawInput raw = RawInput.of(Map.of("install", RawValue.of(value), "name", RawValue.of("ci")));

        DeprecatedInputs replaced = DeprecatedInputs.ofBuilder(raw);

        assertThat(replaced.inputs().given()).containsOnlyKeys("name");
        assertThat(replaced.notices()).hasSize(notices);
        assertThat(BuilderInputs.check(
                        replaced.inputs(), List.of(), FakeOutside.checkout().outside()))
                .isInstanceOf(Checked.Valid.class);
    }

    @Test
    void otherInputsPass() {
        RawInput raw = RawInput.of(Map.of("name", RawValue.of("ci"), "unknown", RawValue.of("x")));

        assertThat(DeprecatedInputs.ofBuilder(raw)).isEqualTo(new DeprecatedInputs(raw, List.of()));
    }
}
