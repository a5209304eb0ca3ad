package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.builder.ClientEnvironment.Os;
import io.buildkitci.model.Secret;
import io.buildkitci.plan.ConfiguredProxy;
import io.buildkitci.process.InMemoryFiles;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As Docker's clients take them: those of the engine's own address, else those of all. */
class ConfiguredProxiesTest {
    private static final String CONFIG = "/dc/config.json";
    private static final String TWO = """
            {"proxies": {
               "default": {"httpProxy": "http://me:planted@proxy.example:3128", "noProxy": "a:b@c",
                           "httpsProxy": "http://proxy.example:3128", "allProxy": "socks5://me:other@proxy.example"},
               "tcp://engine:2376": {"httpsProxy": "he:far@proxy.example:3128"}}}
            """;

    private static ConfiguredProxies of(String config, Map<String, String> variables) {
        return new ConfiguredProxies(
                new InMemoryFiles().with(CONFIG, config),
                ClientEnvironment.from(variables, Path.of("/home/p"), Os.LINUX));
    }

    @Test
    void thoseOfAllCountWhereTheEngineHasNone() {
        ConfiguredProxies proxies = of(TWO, Map.of("DOCKER_CONFIG", "/dc"));
        ConfiguredProxy http =
                new ConfiguredProxy(CONFIG, "proxies.default.httpProxy", "HTTP_PROXY", new Secret("planted"));

        assertThat(proxies.ofBuildx()).containsExactly(http);
        assertThat(proxies.ofDockerBuild())
                .containsExactly(
                        http,
                        new ConfiguredProxy(CONFIG, "proxies.default.allProxy", "ALL_PROXY", new Secret("other")));
    }

    @Test
    void thoseOfTheEngineCountAloneWhereItHasSome() {
        assertThat(of(TWO, Map.of("DOCKER_CONFIG", "/dc", "DOCKER_HOST", "tcp://engine:2376"))
                        .ofBuildx())
                .containsExactly(new ConfiguredProxy(
                        CONFIG, "proxies.tcp://engine:2376.httpsProxy", "HTTPS_PROXY", new Secret("far")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"proxies\": []}", "{\"proxies\": {\"default\": {\"httpProxy\": 3}}}"})
    void aConfigurationThatSaysNothingOrIsDamagedNamesNone(String config) {
        assertThat(of(config, Map.of("DOCKER_CONFIG", "/dc")).ofBuildx()).isEmpty();
    }
}
