package io.buildkitci.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.process.Reachability.Refusal;
import io.buildkitci.process.Reachability.Tls;
import io.buildkitci.process.Reachability.Wrong;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

/** What a handshake with a server of Java's shows; buildkitd's own answers are tried with a real one. */
class TlsReachabilityTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** What a server says of its own, to everybody. */
    private static <S extends ServerSocket> S saying(byte[] words, S server) {
        Thread thread = new Thread(() -> {
            while (true) {
                try (Socket client = server.accept()) {
                    client.getOutputStream().write(words);
                    client.getInputStream().readAllBytes(); // until the client hangs up
                } catch (IOException e) {
                    if (server.isClosed()) {
                        return;
                    }
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    /** @param name of its certificate; it trusts clients of the authority */
    private static SSLServerSocket secure(String name) throws Exception {
        X509Certificate certificate =
                Pem.certificates(PemTest.text(name + ".pem")).get(0);
        PrivateKey key =
                Pem.key(PemTest.text(name + ".key"), certificate.getPublicKey()).orElseThrow();
        KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, null);
        keys.setKeyEntry("server", key, PASSWORD, new X509Certificate[] {certificate});
        keys.setCertificateEntry("ca", Pem.certificates(PemTest.text("ca.pem")).get(0));
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private static Tls trusting(String authority) {
        return new Tls(
                Optional.of(PemTest.FOLDER.resolve(authority).toString()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Tls showing(String name) {
        return new Tls(
                trusting("ca.pem").authority(),
                Optional.of(PemTest.FOLDER.resolve(name + ".pem").toString()),
                Optional.of(PemTest.FOLDER.resolve(name + ".key").toString()),
                Optional.empty());
    }

    private static Optional<Refusal> reach(ServerSocket server, Tls tls) throws Exception {
        return new SocketReachability().tcp("127.0.0.1", server.getLocalPort(), tls, LIMIT);
    }

    @Test
    void reachesAServerThatProvesWhoItIs() throws Exception {
        try (SSLServerSocket server = saying(SETTINGS, secure("server"))) {
            assertThat(reach(server, trusting("ca.pem"))).isEmpty();
        }
        try (SSLServerSocket server = secure("server")) {
            server.setNeedClientAuth(true);
            saying(SETTINGS, server);

            assertThat(reach(server, showing("ec"))).isEmpty();
            assertThat(reach(server, showing("rsa"))).isEmpty();
        }
    }

    @Test
    void saysThatAServerIsOfAnotherAuthorityOfTheSameName() throws Exception {
        try (SSLServerSocket server = saying(SETTINGS, secure("server"))) {
            assertThat(reach(server, trusting("other.pem")))
                    .contains(new Refusal(
                            Wrong.AUTHORITY, "its certificate is of the authority CN=ca, which is not in cacert"));
        }
    }

    @Test
    void saysWhenAServersCertificateEnded() throws Exception {
        try (SSLServerSocket server = saying(SETTINGS, secure("ended"))) {
            assertThat(reach(server, trusting("ca.pem"))).hasValueSatisfying(refusal -> {
                assertThat(refusal.wrong()).isEqualTo(Wrong.EXPIRED);
                assertThat(refusal.why()).matches("its certificate ended at \\d{4}-\\d\\d-\\d\\dT[0-9:]+Z");
            });
        }
    }

    @Test
    void saysWhichNamesAServerHas() throws Exception {
        Tls called = new Tls(
                trusting("ca.pem").authority(), Optional.empty(), Optional.empty(), Optional.of("other.example"));
        try (SSLServerSocket server = saying(SETTINGS, secure("server"))) {
            assertThat(reach(server, called))
                    .hasValueSatisfying(refusal -> assertThat(refusal.why())
                            .isEqualTo("its certificate is for 127.0.0.1, builder.example, *.wild.example, and not for"
                                    + " other.example"));
        }
    }

    @Test
    void saysWhatAServerWantsOfItsClients() throws Exception {
        try (SSLServerSocket server = secure("server")) {
            server.setNeedClientAuth(true); // holds for whoever is accepted after it, not for who is waited for
            saying(SETTINGS, server);

            assertThat(reach(server, trusting("ca.pem")))
                    .hasValueSatisfying(refusal -> assertThat(refusal.wrong()).isEqualTo(Wrong.NO_CLIENT_CERTIFICATE));
            assertThat(reach(server, showing("ended"))).hasValueSatisfying(refusal -> {
                assertThat(refusal.wrong()).isEqualTo(Wrong.CLIENT_CERTIFICATE);
                assertThat(refusal.why()).startsWith("the certificate in cert ended at ");
            });
        }
    }

    @Test
    void saysThatTlsIsSpokenOnOneSideOnly() throws Exception {
        try (SSLServerSocket secure = saying(SETTINGS, secure("server"));
                ServerSocket plain = saying(SETTINGS, new ServerSocket(0, 5, InetAddress.getLoopbackAddress()))) {
            assertThat(reach(secure, Tls.NONE)).contains(new Refusal(Wrong.WANTS_TLS, "it speaks TLS only"));
            assertThat(reach(plain, trusting("ca.pem")))
                    .contains(new Refusal(Wrong.SPEAKS_NO_TLS, "it does not speak TLS"));
        }
    }

    @Test
    void saysThatAServerSaysNothingAfterTheHandshake() throws Exception {
        try (SSLServerSocket server = saying(SETTINGS, secure("server"))) {
            assertThat(reach(server, trusting("ca.pem"))).isEmpty(); // what a handshake needs is loaded by now
        }
        try (SSLServerSocket server = saying(new byte[0], secure("server"))) {
            assertThat(new SocketReachability()
                            .tcp("127.0.0.1", server.getLocalPort(), trusting("ca.pem"), Duration.ofSeconds(2)))
                    .contains(Refusal.nobody("it takes connections and says nothing within 2 s"));
        }
    }
}
