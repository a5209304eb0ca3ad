package io.buildkitci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryMirrorsTest {
    @Test
    void aBareMirrorStandsForDockerHub() throws Exception {
        assertThat(RegistryMirrors.parse("mirror.example:5000").addTo("")).isEqualTo("""
                [registry."docker.io"]
                  mirrors = ["mirror.example:5000"]""");
    }

    @Test
    void mirrorsOfOneRegistryAreAskedInTheirOrder() throws Exception {
        String text = """
                # the near one first
                docker.io = http://near.example:5000
                docker.io=https://far.example/hub

                ghcr.io=near.example:5000
                """;

        assertThat(RegistryMirrors.parse(text).addTo("debug = true\n")).isEqualTo("""
                debug = true

                [registry."docker.io"]
                  mirrors = ["near.example:5000", "far.example/hub"]

                [registry."ghcr.io"]
                  mirrors = ["near.example:5000"]

                [registry."near.example:5000"]
                  http = true""");
    }

    @Test
    void aRegistryThatIsItsOwnPlainMirrorHasOneTable() throws Exception {
        assertThat(RegistryMirrors.parse("a.example=http://a.example").addTo(""))
                .isEqualTo("""
                [registry."a.example"]
                  mirrors = ["a.example"]
                  http = true""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[registry.\"docker.io\"]", "  [ registry . 'docker.io' ]", "x = 1\n[registry.\"docker.io\"]\n"})
    void aTableThatIsThereAlreadyIsAProblem(String config) {
        assertThatThrownBy(() -> RegistryMirrors.parse("mirror.example").addTo(config))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("table of this registry already");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://a", "a b", "docker.io=", "=a", "a\"]\nx=\"", "docker.io=http://", "a.example=b.example=c"
            })
    void whatIsNoMirrorIsAProblemAndNeverBecomesToml(String text) {
        assertThatThrownBy(() -> RegistryMirrors.parse(text)).isInstanceOf(InvalidValue.class);
    }
}
