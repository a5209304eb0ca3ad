package io.buildkitci.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Reachability.Refusal;
import io.buildkitci.process.Reachability.Wrong;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {
    private static X509Certificate certificate(String file) throws Exception {
        return Pem.certificates(PemTest.text(file)).get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "builder.example", "Builder.Example.", "one.wild.example"})
    void isOneOfTheCertificates(String name) throws Exception {
        assertThat(new ServerName(name).refusal(certificate("server.pem"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "::1", "example", "wild.example", "a.b.wild.example", "server"})
    void isNotAmongTheCertificates(String name) throws Exception {
        assertThat(new ServerName(name).refusal(certificate("server.pem")))
                .contains(new Refusal(
                        Wrong.SERVER_NAME,
                        "its certificate is for 127.0.0.1, builder.example, *.wild.example, and not for " + name));
    }

    @Test
    void aCommonNameAloneIsNone() throws Exception {
        assertThat(new ServerName("ca").refusal(certificate("ca.pem")))
                .contains(new Refusal(
                        Wrong.SERVER_NAME,
                        "its certificate is for no name (it has no subjectAltName), and not for ca"));
    }
}
