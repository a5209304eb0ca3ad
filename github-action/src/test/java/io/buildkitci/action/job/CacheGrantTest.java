package io.buildkitci.action.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheGrantTest {
    @ParameterizedTest
    @CsvSource({
        "none,       NOTHING",
        "read,       READ",
        "write-only, WRITE",
        "write,      READ_WRITE",
        "'',         UNKNOWN",
        "READ,       UNKNOWN",
        "read-write, UNKNOWN"
    })
    void theModesAreThoseOfTheRunner(String mode, CacheGrant grant) {
        assertThat(CacheGrant.ofMode(mode)).isEqualTo(grant);
    }

    static Stream<Arguments> scopes() {
        return Stream.of(
                Arguments.of("[{'Scope':'refs/heads/a','Permission':3}]", CacheGrant.READ_WRITE),
                Arguments.of("[{'Scope':'a','Permission':1},{'Scope':'b','Permission':1}]", CacheGrant.READ),
                Arguments.of("[{'Scope':'a','Permission':1},{'Scope':'b','Permission':3}]", CacheGrant.READ_WRITE),
                Arguments.of("[{'Scope':'a','Permission':1},{'Scope':'b','Permission':2}]", CacheGrant.READ_WRITE),
                Arguments.of("[{'Scope':'','Permission':2}]", CacheGrant.READ_WRITE),
                Arguments.of("[{'Scope':'a','Permission':7}]", CacheGrant.READ_WRITE),
                Arguments.of("[{'Scope':'a','Permission':0}]", CacheGrant.NOTHING),
                Arguments.of("[]", CacheGrant.NOTHING),
                Arguments.of("[{'Scope':'a','Permission':'write'}]", CacheGrant.UNKNOWN),
                Arguments.of("[{'Scope':'a'}]", CacheGrant.UNKNOWN),
                Arguments.of("['refs/heads/a']", CacheGrant.UNKNOWN),
                Arguments.of("{'Scope':'a','Permission':1}", CacheGrant.UNKNOWN),
                Arguments.of("no json", CacheGrant.UNKNOWN),
                Arguments.of("", CacheGrant.UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void theTokensScopesAddUpAndWhatMayBeWrittenMayBeRead(String scopes, CacheGrant grant) {
        assertThat(CacheGrant.ofToken(Tokens.scopes(scopes.replace('\'', '"')))).isEqualTo(grant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opaque", "a.b", "..", "a.%%%.c", "a.e30.c", "a.e30.c.d", "a.bnVsbA.c"})
    void whatIsNoTokenWithScopesTellsNothing(String token) {
        assertThat(CacheGrant.ofToken(token)).isEqualTo(CacheGrant.UNKNOWN);
    }

    @Test
    void aClaimThatIsNoTextTellsNothing() {
        assertThat(CacheGrant.ofToken(Tokens.payload("{\"ac\":[]}"))).isEqualTo(CacheGrant.UNKNOWN);
        assertThat(CacheGrant.ofToken(Tokens.payload("{\"ac\":null}"))).isEqualTo(CacheGrant.UNKNOWN);
    }

    @Test
    void noBrokenTokenEndsTheStep() {
        Random random = new Random(1571);
        for (int i = 0; i < 500; i++) {
            StringBuilder token = new StringBuilder(Tokens.READ_WRITE);
            for (int change = 0; change < 4; change++) {
                token.setCharAt(random.nextInt(token.length()), (char) random.nextInt(300));
            }
            token.setLength(random.nextInt(token.length()));

            assertThat(CacheGrant.ofToken(token.toString())).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN,    UNKNOWN,    UNKNOWN",
        "UNKNOWN,    READ,       READ",
        "READ,       UNKNOWN,    READ",
        "READ_WRITE, READ,       READ",
        "READ,       READ_WRITE, READ",
        "WRITE,      READ_WRITE, WRITE",
        "WRITE,      READ,       NOTHING",
        "NOTHING,    READ_WRITE, NOTHING",
        "NOTHING,    UNKNOWN,    NOTHING",
        "READ_WRITE, READ_WRITE, READ_WRITE"
    })
    void twoSourcesAllowWhatBothAllow(CacheGrant one, CacheGrant other, CacheGrant both) {
        assertThat(one.and(other)).isEqualTo(both);
    }
}
