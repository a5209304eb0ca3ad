package io.buildkitci.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What they are good for is seen where a service has a certificate of its own authority. */
class AuthoritiesTest {
    @TempDir
    Path directory;

    @Test
    void whereNoneAreNamedJavaDecides() throws Exception {
        assertThat(Authorities.named(Map.of())).isEmpty();
        assertThat(Authorities.named(Map.of("SSL_CERT_FILE", ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void aFileWithoutACertificateIsNamed(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("ca.pem"), text);
        Map<String, String> environment = Map.of("SSL_CERT_FILE", file.toString());
        assertThatThrownBy(() -> Authorities.named(environment))
                .isInstanceOf(IOException.class)
                .hasMessage("SSL_CERT_FILE names '" + file + "', which has no certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.pem", "a\0b"})
    void aFileThatIsNotThereIsNamed(String name) {
        assertThatThrownBy(() -> Authorities.named(Map.of("SSL_CERT_FILE", name)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("SSL_CERT_FILE names '" + name + "', which ");
    }
}
