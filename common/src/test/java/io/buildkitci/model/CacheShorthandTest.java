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
                "registry=Not/Valid",
                "registry=app@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void refusesEverythingElse(String text) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> CacheShorthand.parse(text));
    }
}
