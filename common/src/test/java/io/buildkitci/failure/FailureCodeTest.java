package io.buildkitci.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.words.KnownWords;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of failures as a promise to those who read exit codes and code names. */
class FailureCodeTest {
    @Test
    void exitCodesStayWhatTheDocumentationSays() {
        Map<Blame, Integer> codes = Arrays.stream(Blame.values())
                .collect(Collectors.toMap(b -> b, Blame::exitCode, (a, b) -> a, TreeMap::new));

        assertThat(codes)
                .isEqualTo(Map.of(
                        Blame.BUILD, 1,
                        Blame.INPUT, 2,
                        Blame.ENVIRONMENT, 3,
                        Blame.UPSTREAM, 4,
                        Blame.OURS, 70,
                        Blame.CANCELLED, 130));
    }

    @Test
    void aRetryIsNeverOfferedForTheBuildOrItsInput() {
        Set<Blame> retried = Arrays.stream(FailureCode.values())
                .filter(FailureCode::retryable)
                .map(FailureCode::blame)
                .collect(Collectors.toSet());

        assertThat(retried).containsExactlyInAnyOrder(Blame.ENVIRONMENT, Blame.UPSTREAM);
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeHasANameAMeaningAndAdvice(FailureCode code) {
        assertThat(code.id()).matches("[a-z]+(-[a-z]+)*");
        assertThat(code.meaning()).matches("(?:[A-Z]|buildx ).*\\.");
        assertThat(code.advice(KnownWords.KNOWN)).matches("[A-Z][^{}]*\\.");
    }
}
