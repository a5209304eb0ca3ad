package io.buildkitci.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.model.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever has a proxy with a password in a build is told that the builder keeps it. */
class KeptProxiesTest {
    private static final Capabilities CONFIGURED = Machines.container()
            .with(List.of(
                    proxy("proxies.default.httpProxy", "HTTP_PROXY"),
                    proxy("proxies.default.httpsProxy", "HTTPS_PROXY")));

    private static ConfiguredProxy proxy(String key, String argument) {
        return new ConfiguredProxy("/home/p/.docker/config.json", key, argument, new Secret("planted"));
    }

    private static List<String> notes(Capabilities machine, String... inputs) {
        return Asked.of(inputs).plan(machine).notes().stream()
                .filter(note -> note.contains("history"))
                .toList();
    }

    @Test
    void theFileTheKeysThePlacesAndWhatHelpsAreNamed() {
        assertThat(notes(CONFIGURED))
                .containsExactly(
                        "/home/p/.docker/config.json: BuildKit keeps the password in proxies.default.httpProxy,"
                                + " proxies.default.httpsProxy, of which the client makes HTTP_PROXY, HTTPS_PROXY of every build, in"
                                + " clear text in the history of builder 'ci' and in provenance of mode=max; what helps is a proxy"
                                + " there that asks for no password, or HTTP_PROXY, HTTPS_PROXY in --build-args, which counts"
                                + " instead and may be empty");
    }

    @Test
    void whatTheBuildNamesItselfCountsInstead() {
        assertThat(notes(CONFIGURED, "build-args", "http_proxy=http://proxy.example:3128"))
                .singleElement()
                .asString()
                .contains("proxies.default.httpsProxy", "HTTPS_PROXY")
                .doesNotContain("httpProxy", "HTTP_PROXY");
        assertThat(notes(CONFIGURED, "build-args", "HTTP_PROXY=\nHTTPS_PROXY=")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS_PROXY=http://me:planted@proxy.example:3128, HTTPS_PROXY",
        "http_proxy=me:planted@proxy.example:3128, http_proxy",
        "ALL_PROXY=socks5://me:planted@proxy.example, ALL_PROXY"
    })
    void soIsTheBuildsOwnArgument(String argument, String name) {
        assertThat(notes(Machines.daemon(), "build-args", argument))
                .containsExactly(
                        "--build-args: BuildKit keeps the password in " + name + " in clear text in the history"
                                + " of builder 'ci' and in provenance of mode=max; what helps is a proxy that asks for no"
                                + " password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP_PROXY=http://proxy.example:3128", "HTTP_PROXY=http://me@proxy.example", "PROXY=a:b@c"})
    void whereThereIsNoPasswordNothingIsSaid(String argument) {
        assertThat(notes(Machines.container(), "build-args", argument)).isEmpty();
    }

    @Test
    void noPlanShowsThePassword() {
        BuildPlan plan = Asked.of(
                        "build-args", "ALL_PROXY=http://me:planted@proxy.example\nftp_proxy=me:planted@proxy.example")
                .plan(CONFIGURED);

        assertThat(plan + plan.describe().toString() + CONFIGURED).doesNotContain("planted");
    }
}
