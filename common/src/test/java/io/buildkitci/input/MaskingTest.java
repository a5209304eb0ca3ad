package io.buildkitci.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=s3,secret_access_key=hunter2,region=x | type=s3,secret_access_key=***,region=x",
                "type=s3,region=x,secret_access_key=a=b,c | type=s3,region=x,secret_access_key=***",
                "type=gha,\"token=a,b\",scope=x | type=gha,\"token=***,scope=x",
                "NPM_TOKEN=abc | NPM_TOKEN=***",
                "dbPassword=abc | dbPassword=***",
                "type=registry,ref=app | type=registry,ref=app",
                "just text | just text",
            })
    void hidesTheValuesOfSecretNames(String text, String shown) {
        assertThat(Masking.mask(text)).doesNotContain("hunter2").isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VERSION", "HTTP_PROXY", "KEYWORD", "MONKEY"})
    void knowsOrdinaryNames(String name) {
        assertThat(Masking.looksSecret(name)).isFalse();
    }

    @Test
    void showsOneShortLine() {
        assertThat(Masking.mask("a\n  b")).isEqualTo("a b");
        assertThat(Masking.mask("x".repeat(1000))).hasSize(201);
    }
}
