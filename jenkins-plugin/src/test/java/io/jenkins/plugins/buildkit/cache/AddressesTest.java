package io.jenkins.plugins.buildkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.Settings;
import io.buildkitci.cacheservice.store.Limits;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private static Hosting at(String host, Optional<URI> advertised) {
        return new Hosting(
                new Settings(
                        Path.of("/cache"),
                        new InetSocketAddress(host, 8321),
                        Limits.of(1, 1),
                        Optional.empty(),
                        Optional.empty()),
                advertised);
    }

    @Test
    void theHostOfJenkinsUrlComesFirstAndThenThisMachine() {
        List<String> all =
                Addresses.of(at("0.0.0.0", Optional.empty()), 8321, Optional.of("https://ci.example/jenkins/"));

        assertThat(all.get(0)).isEqualTo("http://ci.example:8321");
        assertThat(all).contains("http://127.0.0.1:8321").doesNotHaveDuplicates();
        assertThat(all).allMatch(address -> address.endsWith(":8321"));
    }

    @Test
    void whatAPersonSaidCountsAlone() {
        URI said = URI.create("https://cache.example/");

        assertThat(Addresses.of(at("0.0.0.0", Optional.of(said)), 8321, Optional.of("https://ci.example/")))
                .containsExactly("https://cache.example");
    }

    @Test
    void aServiceAtOneAddressIsReachedThereOnly() {
        assertThat(Addresses.of(at("127.0.0.1", Optional.empty()), 9, Optional.of("https://ci.example/")))
                .containsExactly("http://127.0.0.1:9");
        assertThat(Addresses.here(at("::", Optional.empty()), new InetSocketAddress("0.0.0.0", 9)))
                .isEqualTo(URI.create("http://127.0.0.1:9/"));
    }

    @Test
    void aUrlOfJenkinsThatIsNoneIsPassedOver() {
        assertThat(Addresses.of(at("0.0.0.0", Optional.empty()), 1, Optional.of("not a url")))
                .contains("http://127.0.0.1:1");
        assertThat(Addresses.of(at("0.0.0.0", Optional.empty()), 1, Optional.empty()))
                .contains("http://127.0.0.1:1");
    }
}
