package io.buildkitci.cacheservice.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.NotSslRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of connections that cannot be talked to by TLS. */
class FailedHandshakesTest {
    private final SSLException refused =
            new SSLHandshakeException("(bad_certificate) Received fatal alert: bad_certificate");

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE); // a clock that begins anywhere, and turns over
    private final FailedHandshakes handshakes = new FailedHandshakes(now::get, lines::add);

    @ParameterizedTest
    @ValueSource(strings = {"bad_certificate", "unknown_ca", "certificate_unknown", "certificate_expired"})
    void whoDoesNotTakeTheCertificateIsNamedAndWhatWouldBeRight(String alert) {
        handshakes.tell("192.0.2.7", new SSLHandshakeException("Received fatal alert: " + alert));
        assertThat(lines)
                .containsExactly(
                        "192.0.2.7 could not be talked to by TLS: it does not take this service's certificate ("
                                + alert
                                + "); it has to trust the authority of the certificate, which has to name the host that it"
                                + " connects to and be in date");
    }

    @Test
    void anAlertThatIsNotEncryptedIsMostLikelyForTheCertificate() {
        handshakes.tell(
                "192.0.2.7",
                new SSLException("Insufficient buffer remaining for AEAD cipher fragment (2)."
                        + " Needs to be more than tag size (16)"));
        assertThat(lines)
                .containsExactly("192.0.2.7 could not be talked to by TLS: it broke off, most likely for this service's"
                        + " certificate; it has to trust the authority of the certificate, which has to name the host that"
                        + " it connects to and be in date");
    }

    @Test
    void whoSpeaksWithoutTlsIsToldTheSchemeAndNotWhatTheySaid() {
        handshakes.tell("192.0.2.7", new NotSslRecordException("not an SSL/TLS record: 474554202f"));
        assertThat(lines)
                .containsExactly(
                        "192.0.2.7 could not be talked to by TLS: it spoke without TLS; its address for this service"
                                + " has to begin with https://");
    }

    @Test
    void whatAnybodySendsBecomesOneShortLine() {
        handshakes.tell("192.0.2.7", new SSLException("no\r\ncipher\u001b[31m" + "x".repeat(5000)));
        handshakes.tell("192.0.2.8", new SSLException((String) null));
        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).matches("[ -~]{60,400}").contains("TLS 1.2 or 1.3"));
    }

    @Test
    void aPeerIsToldOfOnceAMinute() {
        for (int i = 0; i < 1000; i++) {
            handshakes.tell("192.0.2.7", refused);
        }
        assertThat(lines).hasSize(1);
        now.addAndGet(Duration.ofSeconds(60).toNanos());
        handshakes.tell("192.0.2.7", refused);
        assertThat(lines).hasSize(3).element(1).isEqualTo("999 more TLS connections failed in that minute");
    }

    @Test
    void ofAFloodFromManyPeersAFewAreToldOfAndTheRestIsCounted() {
        for (int i = 0; i < 5000; i++) {
            handshakes.tell("192.0.2." + i, refused);
        }
        assertThat(lines).hasSize(FailedHandshakes.MOST).doesNotHaveDuplicates();
        now.addAndGet(Duration.ofHours(1).toNanos());
        handshakes.tell("192.0.2.1", refused);
        assertThat(lines.subList(FailedHandshakes.MOST, lines.size()))
                .hasSize(2)
                .first()
                .isEqualTo(5000 - FailedHandshakes.MOST + " more TLS connections failed in that minute");
    }
}
