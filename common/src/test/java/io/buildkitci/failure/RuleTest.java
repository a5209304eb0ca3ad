package io.buildkitci.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.words.KnownWords;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What rules say holds for every host: they name inputs and steps that there are. */
class RuleTest {
    static Stream<Rule.Wording> wordings() {
        return Classifier.RULES.stream().filter(Rule.Wording.class::isInstance).map(Rule.Wording.class::cast);
    }

    @ParameterizedTest
    @MethodSource("wordings")
    void namesOnlyWhatAHostHas(Rule.Wording rule) {
        List<String> texts = Stream.concat(Stream.of(rule.message()), rule.advice().stream())
                .map(text -> new Template(text).fill(fact -> "x", KnownWords.KNOWN))
                .toList();

        assertThat(texts).allSatisfy(text -> assertThat(text).isNotBlank().doesNotContain("{", "}"));
    }

    @Test
    void thereAreRulesToLookAt() {
        assertThat(wordings()).hasSizeGreaterThan(40);
        assertThat(wordings().flatMap(rule -> rule.advice().stream()).filter(text -> text.contains("{input ")))
                .isNotEmpty();
    }
}
