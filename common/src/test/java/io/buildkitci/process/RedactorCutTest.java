package io.buildkitci.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedactorCutTest {
    @Test
    void cutsAtTheLimitWhereNoSecretIs() {
        assertThat(Redactor.of(List.of("secret")).cut("some text", 4)).isEqualTo(4);
        assertThat(Redactor.NONE.cut("some text", 40)).isEqualTo(9);
    }

    @Test
    void cutsBeforeASecretThatWouldBeCut() {
        Redactor redactor = Redactor.of(List.of("secret"));

        assertThat(redactor.cut("a secret b", 1)).isEqualTo(1);
        assertThat(redactor.cut("a secret b", 2)).isEqualTo(2);
        assertThat(redactor.cut("a secret b", 3)).isEqualTo(2);
        assertThat(redactor.cut("a secret b", 7)).isEqualTo(2);
        assertThat(redactor.cut("a secret b", 8)).isEqualTo(8);
    }

    @Test
    void cutsBeforeAllOfSeveralSecretsThatOverlap() {
        assertThat(Redactor.of(List.of("abcd", "defg")).cut("x abcdefg y", 7)).isEqualTo(2);
    }

    @Test
    void noHalfEverHoldsASecretThatTheWholeHeldMasked() {
        Random random = new Random(7);
        Redactor redactor = Redactor.of(List.of("abab", "babb", "aabaa"));
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(30, 'a', 'c').forEach(c -> text.append((char) c));
            int at = redactor.cut(text.toString(), 1 + random.nextInt(24));
            for (String secret : List.of("abab", "babb", "aabaa")) {
                int first = text.indexOf(secret, Math.max(0, at - secret.length() + 1));
                assertThat(first < 0 || first >= at)
                        .as("%s cut at %d", text, at)
                        .isTrue();
            }
        }
    }
}
