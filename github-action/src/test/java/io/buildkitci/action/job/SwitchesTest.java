package io.buildkitci.action.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.input.Notice;
import io.buildkitci.input.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwitchesTest {
    @Test
    void withoutVariablesSummaryAnnotationsAndAttestationsAreOn() {
        Switches.Read read = Switches.read(Map.of("CI", "true", "DOCKER_BUILD_SUMMARY", ""));

        assertThat(read.switches()).isEqualTo(new Switches(true, true, true, false, false));
        assertThat(read.problems()).isEmpty();
        assertThat(read.notices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DOCKER_BUILD_SUMMARY,                   false, summary",
        "DOCKER_BUILD_CHECKS_ANNOTATIONS,        false, checkAnnotations",
        "BUILDX_NO_DEFAULT_ATTESTATIONS,         true,  defaultAttestations",
        "DOCKER_DEFAULT_GIT_CONTEXT_PR_HEAD_REF, true,  pullRequestHead",
        "BUILDX_SEND_GIT_QUERY_AS_INPUT,         true,  gitQuery"
    })
    void eachVariableTurnsItsSwitchOverAndNoOther(String variable, String value, String component) {
        String turned = Switches.read(Map.of(variable, value)).switches().toString();

        String before = Switches.DEFAULT.toString();
        String over = before.contains(component + "=true") ? "=false" : "=true";
        assertThat(turned).isEqualTo(before.replaceFirst(component + "=\\w+", component + over));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "FALSE", "0", "f", "F"})
    void theWordsOfThePeersParserAreUnderstood(String value) {
        Switches.Read read = Switches.read(Map.of("DOCKER_BUILD_SUMMARY", value));

        assertThat(read.switches().summary()).isFalse();
        assertThat(read.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "off", "disabled", "fALSE", " false", "2"})
    void anyOtherWordIsAProblemAndChangesNothing(String value) {
        Switches.Read read = Switches.read(Map.of("BUILDX_NO_DEFAULT_ATTESTATIONS", value));

        assertThat(read.switches()).isEqualTo(Switches.DEFAULT);
        assertThat(read.problems())
                .containsExactly(new Problem(
                        "BUILDX_NO_DEFAULT_ATTESTATIONS", value, "not a boolean; accepted are true and false"));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        Switches.Read read = Switches.read(Map.of(
                "DOCKER_BUILD_SUMMARY", "maybe",
                "DOCKER_BUILD_CHECKS_ANNOTATIONS", "perhaps",
                "DOCKER_BUILD_RECORD_UPLOAD", "never"));

        assertThat(read.problems())
                .extracting(Problem::input)
                .containsExactlyInAnyOrder(
                        "DOCKER_BUILD_SUMMARY", "DOCKER_BUILD_CHECKS_ANNOTATIONS", "DOCKER_BUILD_RECORD_UPLOAD");
    }

    @ParameterizedTest
    @CsvSource({"true, true, false", "false, false, true", "1, , false"})
    void theNameOfThePeersVersion6WinsAsItDidThere(String noSummary, String summary, boolean expected) {
        Switches.Read read = Switches.read(
                Map.of("DOCKER_BUILD_NO_SUMMARY", noSummary, "DOCKER_BUILD_SUMMARY", summary == null ? "" : summary));

        assertThat(read.switches().summary()).isEqualTo(expected);
        assertThat(read.notices())
                .containsExactly(new Notice(
                        "DOCKER_BUILD_NO_SUMMARY", "is deprecated; set DOCKER_BUILD_SUMMARY to false instead"));
    }

    @ParameterizedTest
    @CsvSource({
        "DOCKER_BUILD_RECORD_UPLOAD, true",
        "DOCKER_BUILD_RECORD_RETENTION_DAYS, 7",
        "DOCKER_BUILD_EXPORT_RETENTION_DAYS, 7",
        "DOCKER_BUILD_EXPORT_LEGACY, true"
    })
    void whatIsAboutTheBuildRecordIsToldToHaveNoEffect(String variable, String value) {
        assertThat(Switches.read(Map.of(variable, value)).notices())
                .extracting(Notice::input)
                .containsExactly(variable);
    }

    @Test
    void noRecordAskedForIsNothingToTell() {
        assertThat(Switches.read(Map.of("DOCKER_BUILD_RECORD_UPLOAD", "false")).notices())
                .isEmpty();
    }
}
