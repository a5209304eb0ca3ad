package io.jenkins.plugins.buildkit.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.json.PlainJson;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryLoginTest {
    private static final String HUB = "https://index.docker.io/v1/";
    private static final RegistryLogin LOGIN = RegistryLogin.of("registry.example:5000", "user", "pass");
    private static final String AUTH = "dXNlcjpwYXNz";

    @ParameterizedTest
    @CsvSource({
        "docker.io, https://index.docker.io/v1/",
        "https://index.docker.io/v1/, https://index.docker.io/v1/",
        "https://registry-1.docker.io, https://index.docker.io/v1/",
        "registry.example, registry.example",
        "https://Registry.Example/v2/, registry.example",
        "http://localhost:5000, localhost:5000",
        "'  ghcr.io/owner ', ghcr.io",
        "[::1]:5000, [::1]:5000",
        "123.dkr.ecr.eu-west-1.amazonaws.com, 123.dkr.ecr.eu-west-1.amazonaws.com",
    })
    void aRegistryIsCalledAsDockersClientsCallIt(String given, String server) {
        assertThat(RegistryLogin.server(given)).contains(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://", "ftp://x", "a b", "user:pw@registry.example", "registry.example:port"})
    void whatIsNoAddressIsNone(String given) {
        assertThat(RegistryLogin.server(given)).isEmpty();
    }

    @Test
    void aLoginIsAllThereIsWhereThereWasNoConfiguration() throws IOException {
        assertThat(PlainJson.parse(LOGIN.apply("")).fields())
                .isEqualTo(Map.of("auths", Map.of("registry.example:5000", Map.of("auth", AUTH))));
    }

    @Test
    void everythingElseOfAConfigurationStaysAsItIs() throws IOException {
        String config = """
                {"auths": {"other.example": {"auth": "b3RoZXI="}, "https://registry.example:5000/v1/": {"auth": "b2xk"}},
                 "HttpHeaders": null, "detachKeys": "ctrl-e", "ratio": 0.5, "currentContext": "far",
                 "proxies": {"default": {"httpProxy": "http://proxy.example"}}, "aliases": {"builder": "buildx"}}
                """;

        String changed = LOGIN.apply(config);

        assertThat(changed)
                .contains("\"HttpHeaders\":null", "\"ratio\":0.5", "\"currentContext\":\"far\"", "http://proxy.example")
                .doesNotContain("credHelpers", "b2xk");
        assertThat(PlainJson.parse(changed).object("auths").fields())
                .isEqualTo(Map.of(
                        "other.example", Map.of("auth", "b3RoZXI="), "registry.example:5000", Map.of("auth", AUTH)));
    }

    @Test
    void aStoreOfLoginsIsAskedForOtherRegistriesOnly() throws IOException {
        PlainJson stored = PlainJson.parse(LOGIN.apply("{\"credsStore\":\"desktop\"}"));
        PlainJson helped = PlainJson.parse(LOGIN.apply(
                "{\"credHelpers\":{\"gcr.io\":\"gcloud\",\"registry.example:5000\":\"pass\"},\"credsStore\":\"x\"}"));

        assertThat(stored.text("credsStore")).isEqualTo("desktop");
        assertThat(stored.object("credHelpers").fields()).isEqualTo(Map.of("registry.example:5000", ""));
        assertThat(helped.object("credHelpers").fields())
                .isEqualTo(Map.of("gcr.io", "gcloud", "registry.example:5000", ""));
    }

    @Test
    void oneAtDockerHubReplacesThatOfThePerson() throws IOException {
        RegistryLogin hub = RegistryLogin.of(HUB, "user", "pass");

        assertThat(PlainJson.parse(hub.apply("{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"b2xk\"}}}"))
                        .object("auths")
                        .fields())
                .isEqualTo(Map.of(HUB, Map.of("auth", AUTH)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"auths\":", "nonsense", "{\"auths\": []}"})
    void whatIsNoConfigurationIsNotTakenForOne(String text) {
        assertThatThrownBy(() -> LOGIN.apply(text)).isInstanceOf(IOException.class);
    }

    @Test
    void noSecretIsToldByAccident() {
        assertThat(LOGIN).hasToString("RegistryLogin[registry.example:5000]");
    }
}
