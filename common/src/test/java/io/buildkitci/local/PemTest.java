package io.buildkitci.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitci.process.Reachability.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemTest {
    static final Path FOLDER = Path.of("src/test/resources/tls");

    static String text(String file) throws Exception {
        return Files.readString(FOLDER.resolve(file));
    }

    private static X509Certificate certificate(String file) throws Exception {
        return Pem.certificates(text(file)).get(0);
    }

    @ParameterizedTest
    @CsvSource({"rsa, rsa", "rsa, rsa-pkcs1", "ec, ec", "ec, ec-sec1", "ed25519, ed25519"})
    void readsKeysInEveryForm(String certificate, String key) throws Exception {
        assertThat(Pem.key(text(key + ".key"), certificate(certificate + ".pem").getPublicKey()))
                .isPresent();
    }

    @Test
    void takesNoKeyOfAnotherCertificate() throws Exception {
        assertThat(Pem.key(text("server.key"), certificate("ended.pem").getPublicKey()))
                .isEmpty();
        assertThat(Pem.key(text("server.pem"), certificate("server.pem").getPublicKey()))
                .isEmpty();
    }

    @Test
    void findsCertificatesBetweenOtherBlocks() throws Exception {
        assertThat(Pem.certificates(text("mixed.pem") + text("server.pem")))
                .containsExactly(certificate("ca.pem"), certificate("server.pem"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none.pem   | ec.pem   | ec.key     | the file in cacert, {}/none.pem, is not there
            .          | ec.pem   | ec.key     | the file in cacert, {}/., cannot be read: Is a directory
            ec.key     | ec.pem   | ec.key     | the file in cacert, {}/ec.key, has no certificate that can be read
            ca.pem     | none.pem | ec.key     | the file in cert, {}/none.pem, is not there
            ca.pem     | ec.pem   | none.key   | the file in key, {}/none.key, is not there
            ca.pem     | ec.pem   | server.key | the file in key, {}/server.key, has no key of the certificate in cert
            ca.pem     | ec.pem   | rsa.key    | the file in key, {}/rsa.key, has no key of the certificate in cert
            """)
    void saysWhichFileIsOfNoUse(String authority, String certificate, String key, String why) {
        Tls tls = new Tls(file(authority), file(certificate), file(key), Optional.empty());

        assertThatThrownBy(() -> ClientCredentials.read(tls))
                .isInstanceOf(ClientCredentials.NotUsable.class)
                .hasMessage(why.replace("{}", FOLDER.toString()));
    }

    @Test
    void saysWhichFileIsNotNamed() {
        Optional<String> file = file("ec.pem");
        Optional<String> none = Optional.empty();

        assertThatThrownBy(() -> ClientCredentials.read(new Tls(file, file, none, none)))
                .hasMessage("of cert and key only one is given");
        assertThatThrownBy(() -> ClientCredentials.read(new Tls(none, none, none, Optional.of("builder.example"))))
                .hasMessage("no cacert is given, the file of the authority that its certificate is of");
    }

    @Test
    void aBlockThatIsBrokenIsNoCertificate(@TempDir Path folder) throws Exception {
        Path broken = folder.resolve("broken.pem");
        Files.writeString(broken, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Tls tls = new Tls(Optional.of(broken.toString()), Optional.empty(), Optional.empty(), Optional.empty());

        assertThatThrownBy(() -> ClientCredentials.read(tls)).hasMessageContaining("no certificate that can be read");
    }

    private static Optional<String> file(String name) {
        return Optional.of(FOLDER + "/" + name);
    }
}
