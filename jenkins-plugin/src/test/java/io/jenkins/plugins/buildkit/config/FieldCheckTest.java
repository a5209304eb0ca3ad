package io.jenkins.plugins.buildkit.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.FormValidation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldCheckTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            platforms               | linux/amd64,arm64   | docker-container |
            platforms               | linux/amd46         | docker-container | unknown platform
            platforms               | amd64,linux/amd64   | docker-container | given twice
            driver-opts             | network=host        | docker-container |
            driver-opts             | netwrok=host        | docker-container | netwrok
            driver-opts             | network=host        | docker           | takes no options
            buildkitd-flags         | --debug             | kubernetes       |
            buildkitd-flags         | --debug             | remote           | starts no buildkitd
            buildkitd-flags         | "                   | docker-container | quot
            endpoint                | tcp://b:1234        | remote           |
            endpoint                | b:1234              | remote           | accepted for
            endpoint                |                     | remote           | needs the address
            endpoint                | my-context          | docker-container |
            endpoint                | x                   | kubernetes       | kubeconfig
            buildkitd-config-inline | debug = true        | remote           | starts no buildkitd
            keep-state              | true                | remote           | only drivers docker-container
            keep-state              | true                | docker-container |
            """)
    void saysOfOneFieldWhatTheStepWouldSay(String input, String value, String driver, @Nullable String said) {
        expect(FieldCheck.of(input, value == null ? "" : value, driver), said);
    }

    @ParameterizedTest
    @CsvSource({"ci,", "'',needs a name", "default,reserved", "1st,must start with a letter", "a b,must start"})
    void checksNames(String name, @Nullable String said) {
        expect(FieldCheck.name(name), said);
    }

    @ParameterizedTest
    @CsvSource({"docker-container,", "remote,", "podman,unknown driver"})
    void checksDrivers(String driver, @Nullable String said) {
        expect(FieldCheck.driver(driver), said);
    }

    @ParameterizedTest
    @CsvSource({
        "'',",
        "registry,",
        "registry=r.example/cache,",
        "registry=r.example/c@sha256:00,",
        "jenkinz,unknown cache"
    })
    void checksCaches(String cache, @Nullable String said) {
        FormValidation answer = FieldCheck.cache(cache);
        if (said != null) {
            expect(answer, said);
        }
    }

    @ParameterizedTest
    @CsvSource({"7,", "0,number of days", "-1,number of days", "x,number of days", "'',number of days"})
    void checksDays(String days, @Nullable String said) {
        expect(FieldCheck.days(days), said);
    }

    @Test
    void anEndpointAndALabelAreTwoWaysToSayTheSame() {
        expect(FieldCheck.place("tcp://b:1", "arm", "remote"), "drop one");
        expect(FieldCheck.place("", "arm", "remote"), null);
        expect(FieldCheck.place("", "arm", "kubernetes"), "takes no agents");
    }

    @Test
    void onlyDriverRemoteTakesTlsCredentials() {
        expect(FieldCheck.tls("buildkitd", "remote"), null);
        expect(FieldCheck.tls("", "docker-container"), null);
        expect(FieldCheck.tls("buildkitd", "docker-container"), "Docker context");
    }

    @Test
    void mirrorsAreCheckedTogetherWithTheConfigurationThatTheyAreAddedTo() {
        expect(FieldCheck.mirrors("m.example", "", "docker-container"), null);
        expect(FieldCheck.mirrors("m.example", "[registry.\"docker.io\"]", "docker-container"), "already");
        expect(FieldCheck.mirrors("m.example", "", "remote"), "starts no buildkitd");
    }

    /** @param said a part of the error; {@code null} when all is well */
    private static void expect(FormValidation answer, @Nullable String said) {
        if (said == null) {
            assertThat(answer.kind).as(answer.getMessage()).isEqualTo(FormValidation.Kind.OK);
        } else {
            assertThat(answer.kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(answer.getMessage()).contains(said);
        }
    }
}
