package io.buildkitci.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.json.PlainJson;
import io.buildkitci.local.Unguessable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service with a certificate that nobody's Java trusts, made out to a name that nobody calls it by. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path certificates = Path.of("");

    private static Settings.PemFiles first = new Settings.PemFiles(Path.of(""), Path.of(""));
    private static Settings.PemFiles second = first;

    @TempDir
    Path directory;

    private Settings.PemFiles tls = first;

    @BeforeAll
    static void make() throws Exception {
        first = certificate("first");
        second = certificate("second");
    }

    private static Settings.PemFiles certificate(String name) throws Exception {
        Path store = certificates.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=cache.example",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new Settings.PemFiles(
                pem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded()),
                pem(
                        name + ".key",
                        "PRIVATE KEY",
                        keys.getKey(name, PASSWORD.toCharArray()).getEncoded()));
    }

    private static Path pem(String file, String type, byte[] der) throws IOException {
        String text = "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END "
                + type + "-----\n";
        return Files.writeString(certificates.resolve(file), text);
    }

    private Served served() throws IOException {
        return new Served(directory.resolve("served"), Limits.of(1 << 26, 1 << 26), Optional.of(tls));
    }

    @Test
    void contentsGoInAndComeOut() throws Exception {
        byte[] layer = Served.bytes(3_000_000, 1);
        try (Served served = served()) {
            HttpClient http = HttpClient.newBuilder()
                    .sslContext(Pinned.context(Pinned.fingerprint(tls.certificate())))
                    .build();
            Caller main = served.bearer(Served.MAIN).by(http);
            assertThat(main.store(Caller.blobKey(layer), layer)).isEqualTo(200);
            String url = main.url(Caller.blobKey(layer));
            assertThat(url).startsWith("https://");
            HttpResponse<byte[]> read =
                    http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(read.body()).isEqualTo(layer);
            HttpRequest part = HttpRequest.newBuilder(URI.create(url))
                    .header("Range", "bytes=100000-200000")
                    .build();
            assertThat(http.send(part, HttpResponse.BodyHandlers.ofByteArray()).body())
                    .isEqualTo(Arrays.copyOfRange(layer, 100_000, 200_001));
        }
    }

    @ParameterizedTest
    @CsvSource({"rsa, rsa", "rsa, rsa-pkcs1", "ec, ec-sec1", "ed25519, ed25519"})
    void itsKeyMayBeInAnyForm(String certificate, String key) throws Exception {
        tls = new Settings.PemFiles(resource(certificate + ".pem"), resource(key + ".key"));
        try (Served served = served()) {
            HttpClient http = HttpClient.newBuilder()
                    .sslContext(Pinned.context(Pinned.fingerprint(tls.certificate())))
                    .build();
            assertThat(served.bearer(Served.MAIN).by(http).store("k", new byte[1]))
                    .isEqualTo(200);
        }
    }

    /** One that OpenSSL wrote. */
    private Path resource(String name) throws IOException {
        try (InputStream in = TlsTest.class.getResourceAsStream("/tls/" + name)) {
            return Files.write(directory.resolve(name), in.readAllBytes());
        }
    }

    @Test
    void whoDoesNotTrustTheCertificateAndSpeaksWithoutTlsThenIsOneLineInTheLog() throws Exception {
        Logger logger = Logger.getLogger(CacheService.class.getPackageName());
        Kept kept = new Kept();
        logger.addHandler(kept);
        try (Served served = served()) {
            for (int i = 0; i < 3; i++) {
                try (Socket socket = SSLContext.getDefault()
                        .getSocketFactory()
                        .createSocket("127.0.0.1", served.service().address().getPort())) {
                    assertThatThrownBy(((SSLSocket) socket)::startHandshake).isInstanceOf(SSLHandshakeException.class);
                }
            }
            LogRecord told = kept.records.poll(1, TimeUnit.MINUTES);
            assertThat(told.getThrown()).isNull();
            assertThat(told.getMessage()).startsWith("127.0.0.1 could not be talked to by TLS: it does not take");
            served.raw("GET /healthz HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            HttpClient http = HttpClient.newBuilder()
                    .sslContext(Pinned.context(Pinned.fingerprint(tls.certificate())))
                    .build();
            assertThat(served.bearer(Served.MAIN).by(http).store("k", new byte[1]))
                    .isEqualTo(200);
        } finally {
            logger.removeHandler(kept);
        }
        assertThat(kept.records).isEmpty();
    }

    /** What was logged. */
    private static final class Kept extends Handler {
        private final BlockingQueue<LogRecord> records = new LinkedBlockingQueue<>();

        @Override
        public void publish(LogRecord told) {
            records.add(told);
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Test
    void aRehearsalGoesByTheSameCertificate() throws Exception {
        Settings settings = new Settings(
                Files.createDirectory(directory.resolve("rehearsed")),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Limits.of(1, 1),
                Optional.of(tls),
                Optional.empty());
        try (Rehearsal rehearsal = new Rehearsal(settings, InstantSource.system(), Unguessable::bytes)) {
            assertThat(rehearsal.run()).isPositive();
        }
        assertThat(settings.directory()).isEmptyDirectory();
    }

    @Test
    void itsUpkeepNeedsNoCertificateThatJavaTrusts() throws Exception {
        try (Served served = served()) {
            String stats = Upkeep.STATS.on(directory.resolve("served"), InstantSource.system());
            assertThat(PlainJson.parse(stats).wholeNumber("bytes")).contains(0L);
            assertThat(served.base()).startsWith("https");
        }
    }

    @Test
    void whoShowsAnotherCertificateIsNotToldTheToken() throws Exception {
        Path running = directory.resolve("served").resolve(Upkeep.RUNNING);
        try (Served served = served()) {
            List<String> note = Files.readAllLines(running);
            String other = Pinned.fingerprint(second.certificate());
            Files.writeString(running, Upkeep.note(note.get(0), note.get(1), other));
            assertThatThrownBy(() -> Upkeep.STATS.on(directory.resolve("served"), InstantSource.system()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("another certificate than the service was started with");
            assertThat(served.exchanged()).isEmpty();
        }
    }

    @Test
    void aCertificateAndTheKeyOfAnotherAreRefused() throws Exception {
        tls = new Settings.PemFiles(tls.certificate(), second.key());
        assertThatThrownBy(this::served)
                .isInstanceOf(IOException.class)
                .hasMessage(tls.certificate() + " and " + tls.key()
                        + " are no certificate and its key: the key is none, or of another certificate");
        tls = new Settings.PemFiles(Files.writeString(directory.resolve("none"), "none"), tls.key());
        assertThatThrownBy(this::served)
                .isInstanceOf(IOException.class)
                .hasMessage(tls.certificate() + " and " + tls.key()
                        + " are no certificate and its key: there is no certificate in it");
    }
}
