package io.buildkitci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheShorthandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "inline",
                "gha",
                "jenkins",
                "service=http://cache.example:8321",
                "service=https://[fd00::1]/cache",
                "local",
                "local=/var/cache/ci",
                "local=a=b",
                "registry",
                "registry=registry.example/app",
                "registry=localhost:5000/app:cache"
            })
    void rendersWhatItParses(String text) throws InvalidValue {
        assertThat(CacheShorthand.parse(text).render()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Registry",
                "s3",
                "registry=",
                "local= ",
                "inline=x",
                "gha=main",
                "none=",
                "jenkins=x",
                "service",
                "service=",
                "service=cache.example:8321",
                "service=ftp://cache.example",
                "service=http://user:word@cache.example",
                "service=http://cache.example/?a=b",
                "service=http://",
                "service=http://a b/",
                "registry=Not/Valid",
                "registry=app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void refusesEverythingElse(String text) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> CacheShorthand.parse(text));
    }
}
