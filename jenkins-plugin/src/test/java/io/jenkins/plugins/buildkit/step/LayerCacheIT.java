package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitci.cacheservice.CacheService;
import io.buildkitci.cacheservice.Settings;
import io.buildkitci.cacheservice.store.Limits;
import io.buildkitci.local.Unguessable;
import io.buildkitci.testbed.FreePorts;
import io.jenkins.plugins.buildkit.cache.EmbeddedService;
import io.jenkins.plugins.buildkit.cache.ExternalService;
import io.jenkins.plugins.buildkit.cache.LayerCacheConfiguration;
import io.jenkins.plugins.buildkit.cache.ScopesOfItems;
import io.jenkins.plugins.buildkit.credentials.KeptCredentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cache: 'jenkins'} on services in Jenkins and elsewhere, with builders that come and go. */
class LayerCacheIT {
    private final String mark = "c" + UUID.randomUUID().toString().substring(0, 8);
    private CachingJenkins jenkins;

    @BeforeEach
    void makeAJenkins(@TempDir Path temporary) throws Exception {
        jenkins = new CachingJenkins(temporary, mark);
    }

    @AfterEach
    void removeAll() throws Exception {
        jenkins.end();
    }

    @Test
    void aBuildThatHasBeenIsFoundByANewBuilderAndAfterARestartOfJenkins() throws Throwable {
        LayerCacheConfiguration.get().setService(jenkins.service());

        assertThat(jenkins.cachedByANewBuilder()).isZero();
        assertThat(jenkins.cachedByANewBuilder()).isEqualTo(3);
        jenkins.restart();
        assertThat(jenkins.cachedByANewBuilder()).isEqualTo(3);
    }

    @Test
    void theLayersOfAJobMoveWithItAndGoWithIt() throws Throwable {
        LayerCacheConfiguration.get().setService(jenkins.service());
        ScopesOfItems items = new ScopesOfItems();
        PlayedRun.PlayedJob job = new PlayedRun.PlayedJob(); // builds of it are those of "a job"
        assertThat(jenkins.cachedByANewBuilder()).isZero();

        items.onLocationChanged(job, "a job", "another job");
        assertThat(jenkins.cachedByANewBuilder()).as("they are the other's now").isZero();
        items.onDeleted(job);
        items.onLocationChanged(job, "another job", "a job");
        assertThat(jenkins.cachedByANewBuilder()).as("they came back").isEqualTo(3);
        items.onDeleted(job);
        assertThat(jenkins.cachedByANewBuilder()).as("they are gone").isZero();
    }

    @Test
    void aPortThatIsInUseCostsTheCacheAndNotTheBuild() throws Throwable {
        EmbeddedService service = jenkins.service();
        try (ServerSocket other = new ServerSocket(service.getPort())) {
            LayerCacheConfiguration.get().setService(service);

            PlayedPipeline pipeline = jenkins.build(Map.of());

            assertThat(pipeline.result()).isInstanceOf(BuildResult.class);
            assertThat(pipeline.log().split("the layer cache of this Jenkins does not run: ", -1))
                    .hasSize(2);
            assertThat(pipeline.log()).contains(":" + other.getLocalPort(), "see Layer cache in Manage Jenkins");
        }
    }

    @Test
    void aServiceElsewhereKeepsThemUnderTheNameOfThisController() throws Throwable {
        String secret = UUID.randomUUID() + "-" + UUID.randomUUID();
        Path file = Files.writeString(jenkins.home().resolve("secret"), secret);
        try (CacheService service = CacheService.start(
                new Settings(
                        jenkins.home().resolve("elsewhere"),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Limits.of(1 << 28, 1 << 28),
                        Optional.empty(),
                        Optional.of(file)),
                InstantSource.system(),
                Unguessable::bytes,
                exchanged -> {})) {
            ExternalService external =
                    new ExternalService("http://127.0.0.1:" + service.address().getPort());
            external.setSecretCredentialsId(KeptCredentials.text(secret));
            external.setController("ci-1");
            LayerCacheConfiguration.get().setService(external);

            assertThat(jenkins.cachedByANewBuilder()).isZero();
            assertThat(jenkins.cachedByANewBuilder()).isEqualTo(3);
            assertThat(service.store().stats().namespaces())
                    .extracting(namespace -> namespace.name())
                    .containsExactly("ci-1/a job");
            new ScopesOfItems().onDeleted(new PlayedRun.PlayedJob());
            assertThat(jenkins.cachedByANewBuilder()).isZero();
        }
    }

    @Test
    void aServiceElsewhereThatIsGoneCostsTheCacheAndNotTheBuild() throws Throwable {
        ExternalService external = new ExternalService("http://127.0.0.1:" + FreePorts.next());
        external.setSecretCredentialsId(
                KeptCredentials.text(UUID.randomUUID().toString().repeat(2)));
        LayerCacheConfiguration.get().setService(external);

        PlayedPipeline pipeline = jenkins.build(Map.of());

        assertThat(pipeline.result()).isInstanceOf(BuildResult.class);
        assertThat(pipeline.log())
                .contains("built without 'cache': builder", "does not reach the service at " + external.getAddress());
    }
}
