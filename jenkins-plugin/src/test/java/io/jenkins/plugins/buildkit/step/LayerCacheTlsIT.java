package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.buildkit.cache.EmbeddedService;
import io.jenkins.plugins.buildkit.cache.LayerCacheConfiguration;
import io.jenkins.plugins.buildkit.credentials.KeptCredentials;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service in Jenkins by TLS, with a builder that trusts its authority. */
class LayerCacheTlsIT {
    private static final String PASSWORD = "changeit";

    private Path folder = Path.of("");
    private CachingJenkins jenkins;
    private TrustingBuildkitd buildkitd;

    @BeforeEach
    void makeAJenkinsAndABuilder(@TempDir Path temporary) throws Exception {
        jenkins =
                new CachingJenkins(temporary, "c" + UUID.randomUUID().toString().substring(0, 8));
        folder = temporary.resolve("tls");
        buildkitd = TrustingBuildkitd.in(folder);
        jenkins.makeBuilder("trusting", buildkitd.address());
    }

    @AfterEach
    void removeAll() throws Exception {
        buildkitd.end();
        Agents.removeAll(folder.resolve("root"));
        jenkins.end();
    }

    private void isUsed(EmbeddedService service) throws Throwable {
        service.setBindAddress("127.0.0.1");
        LayerCacheConfiguration.get().setService(service);

        assertThat(jenkins.cached(Map.of("builder", "trusting"))).isZero();
        buildkitd.forget();
        assertThat(jenkins.cached(Map.of("builder", "trusting"))).isEqualTo(3);
    }

    @Test
    void aCertificateInFilesIsShown() throws Throwable {
        EmbeddedService service = jenkins.service();
        service.setTlsCertificateFile(folder.resolve("cache.crt").toString());
        service.setTlsKeyFile(folder.resolve("cache.key").toString());

        isUsed(service);
    }

    @Test
    void aCertificateFromCredentialsIsShown() throws Throwable {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("cache.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        EmbeddedService service = jenkins.service();
        service.setTlsCredentialsId(KeptCredentials.certificate(store, PASSWORD));

        isUsed(service);
    }

    @Test
    void aBuilderThatDoesNotTrustItBuildsWithoutACacheAndSaysSo() throws Throwable {
        EmbeddedService service = jenkins.service();
        service.setBindAddress("127.0.0.1");
        service.setTlsCertificateFile(folder.resolve("cache.crt").toString());
        service.setTlsKeyFile(folder.resolve("cache.key").toString());
        LayerCacheConfiguration.get().setService(service);

        PlayedPipeline pipeline = jenkins.build(Map.of("builder", "testbed"));

        assertThat(pipeline.result()).isInstanceOf(BuildResult.class);
        assertThat(pipeline.log()).contains("built without", "https://127.0.0.1:" + service.getPort());
    }
}
