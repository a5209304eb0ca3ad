package io.buildkitci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolVersionTest {
    @ParameterizedTest
    @CsvSource({"0.36.1,v0.36.1", "v0.36.1,v0.36.1", "' v0.37.0-rc1 ',v0.37.0-rc1", "10.2.3-68,v10.2.3-68"})
    void readsReleases(String text, String version) throws InvalidValue {
        assertThat(ToolVersion.parse(text)).isEqualTo(new ToolVersion.Exact(version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.36",
                "0",
                "^0.36.0",
                "~0.36",
                ">=0.30 <0.36",
                ">= 0.30",
                "0.36.x",
                "*",
                "0.30.0 - 0.32.0",
                "0.30.0 || ^0.35",
                "=0.36.1",
                "<1"
            })
    void readsRanges(String text) throws InvalidValue {
        assertThat(ToolVersion.parse(text)).isEqualTo(new ToolVersion.Range(text));
    }

    @Test
    void readsNamesThatMove() throws InvalidValue {
        assertThat(ToolVersion.parse("latest")).isEqualTo(new ToolVersion.Latest());
        assertThat(ToolVersion.parse("edge")).isEqualTo(new ToolVersion.Edge());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "newest",
                "../v0.36.1",
                "v0.36.1/..",
                "v0.36.1-a/b",
                "0.36.1.2",
                ">",
                "^",
                "0.36 ||",
                "lab:latest",
                "https://github.com/docker/buildx.git#master",
                "1234567.0.0"
            })
    void takesNothingElse(String text) {
        assertThatThrownBy(() -> ToolVersion.parse(text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("latest, and edge");
    }
}
