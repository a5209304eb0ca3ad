package io.jenkins.plugins.buildkit.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.buildkitci.testbed.FreePorts;
import io.jenkins.plugins.buildkit.credentials.KeptCredentials;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test connection, of both kinds of service. */
class ConnectionTrialsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path home;

    private final EmbeddedService.DescriptorImpl embedded = new EmbeddedService.DescriptorImpl();
    private final ExternalService.DescriptorImpl external = new ExternalService.DescriptorImpl();
    private StartedJenkins jenkins;

    @BeforeEach
    void start() {
        jenkins = new StartedJenkins(home);
        CacheLifecycle.begin();
    }

    @AfterEach
    void end() {
        jenkins.close();
    }

    private FormValidation tried(EmbeddedService service) throws InterruptedException {
        return embedded.doTestConnection(
                service.getPort(),
                service.getBindAddress(),
                service.getAddress(),
                service.getDirectory(),
                service.getTlsCredentialsId(),
                service.getTlsCertificateFile(),
                service.getTlsKeyFile());
    }

    @Test
    void aServiceThatIsNotSavedYetIsForeseen() throws Exception {
        EmbeddedService service = StartedJenkins.service();

        assertThat(tried(service).kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(home.resolve("buildkit-cache")).doesNotExist();

        try (ServerSocket other = new ServerSocket(service.getPort(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(tried(service).kind).isEqualTo(FormValidation.Kind.ERROR);
            assertThat(tried(service)).hasMessageContaining("127.0.0.1:" + other.getLocalPort());
        }
        service.setDirectory(Files.writeString(home.resolve("a-file"), "").toString());
        assertThat(tried(service)).hasMessageContaining("cannot be written to");
        service.setPort(0);
        assertThat(tried(service)).hasMessageContaining("port: '0'");
    }

    @Test
    void aServiceThatRunsIsAsked() throws Exception {
        EmbeddedService service = StartedJenkins.service();
        jenkins.configuration().setService(service);
        jenkins.runs();

        assertThat(tried(service).kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(tried(service)).hasMessageContaining("runs and answers");
        service.setAddress("http://127.0.0.1:" + FreePorts.next());
        assertThat(tried(service).kind).isEqualTo(FormValidation.Kind.WARNING);
    }

    @Test
    void aCertificateOfJenkinsIsShownToThoseWhoConnect() throws Exception {
        EmbeddedService service = StartedJenkins.service();
        service.setTlsCredentialsId(certificate());
        jenkins.configuration().setService(service);

        assertThat(jenkins.runs().hosting().scheme()).isEqualTo("https");
        // this JVM does not trust it, which shows that it was shown
        assertThat(tried(service)).hasMessageContaining("certification path");
    }

    @Test
    void anExternalServiceIsAskedWithItsSecret() throws Exception {
        EmbeddedService service = StartedJenkins.service();
        jenkins.configuration().setService(service);
        jenkins.runs();
        String address = "http://127.0.0.1:" + service.getPort();
        String right = KeptCredentials.file(Files.readAllBytes(home.resolve("buildkit-cache/secret")));
        String wrong = KeptCredentials.text("w".repeat(64));

        assertThat(external.doTestConnection(address, right, "").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(external.doTestConnection(address, wrong, "")).hasMessageContaining("does not take the secret");
        assertThat(external.doTestConnection(address, "", wrong)).hasMessageContaining("With a token alone");
        String nobody = "http://127.0.0.1:" + FreePorts.next();
        assertThat(external.doTestConnection(nobody, right, "")).hasMessageContaining("does not answer");
    }

    private record Certificate(KeyStore getKeyStore) implements StandardCertificateCredentials {
        @Override
        public String getId() {
            return "certificate-of-the-cache";
        }

        @Override
        public Secret getPassword() {
            return Secret.fromString(PASSWORD);
        }
    }

    private String certificate() throws Exception {
        Path file = home.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "cache",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        made.getInputStream().readAllBytes();
        assertThat(made.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        Certificate certificate = new Certificate(keys);
        CredentialsProvider.keep(certificate);
        return certificate.getId();
    }
}
