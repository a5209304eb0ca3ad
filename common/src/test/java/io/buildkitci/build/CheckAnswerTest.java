package io.buildkitci.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.failure.BuildFailure;
import io.buildkitci.failure.FailureCode;
import io.buildkitci.failure.Place;
import io.buildkitci.report.BuildReport.CheckWarning;
import io.buildkitci.words.KnownWords;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckAnswerTest {
    private static CheckAnswer recorded(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(CheckAnswerTest.class.getResourceAsStream("/build/" + name))) {
            return CheckAnswer.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"check-warn-buildx-0.36.1.json", "check-warn-buildx-0.29.1.json"})
    void tellsEachWarningWithItsPlace(String recording) throws IOException {
        CheckAnswer answer = recorded(recording);

        assertThat(answer.warnings())
                .containsExactly(
                        new CheckWarning(
                                "FromAsCasing",
                                "'as' and 'FROM' keywords' casing do not match",
                                "Dockerfile",
                                1,
                                Optional.of("https://docs.docker.com/go/dockerfile/rule/from-as-casing/")),
                        new CheckWarning(
                                "JSONArgsRecommended",
                                "JSON arguments recommended for ENTRYPOINT to prevent unintended behavior related to OS"
                                        + " signals",
                                "Dockerfile",
                                3,
                                Optional.of("https://docs.docker.com/go/dockerfile/rule/json-args-recommended/")));
        assertThat(answer.failure(KnownWords.KNOWN))
                .hasValueSatisfying(failure -> assertThat(failure)
                        .returns(FailureCode.CHECKS_FAILED, BuildFailure::code)
                        .returns("the checks of the Dockerfile found 2 things", BuildFailure::message)
                        .returns(Optional.of(new Place("Dockerfile", 1, 1, List.of())), BuildFailure::place));
    }

    @Test
    void warningsThatTheDockerfileMakesErrorsAreNoOtherError() throws IOException {
        assertThat(recorded("check-error-buildx-0.36.1.json").failure(KnownWords.KNOWN))
                .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo(FailureCode.CHECKS_FAILED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check-syn-buildx-0.36.1.json", "check-syn-buildx-0.29.1.json"})
    void aDockerfileThatCannotBeReadIsAnotherFailure(String recording) throws IOException {
        CheckAnswer answer = recorded(recording);

        assertThat(answer.otherError()).startsWith("dockerfile parse error on line 2: unknown instruction: RUNN");
        assertThat(answer.failure(KnownWords.KNOWN)).isEmpty();
    }

    @Test
    void nothingIsWrongWithACleanDockerfile() throws IOException {
        assertThat(recorded("check-clean-buildx-0.36.1.json")).isEqualTo(CheckAnswer.NONE);
        assertThat(CheckAnswer.NONE.failure(KnownWords.KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Check complete", "[]", "{\"warnings\": 3}", "{\"warnings\":[{\"location\":7}]"})
    void whatIsNoAnswerHasNoFailure(String text) {
        assertThat(CheckAnswer.parse(text)).isEqualTo(CheckAnswer.NONE);
    }
}
