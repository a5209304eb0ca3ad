package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.ExtensionList;
import io.buildkitci.testbed.Testbed;
import io.jenkins.plugins.buildkit.cache.CacheLifecycle;
import io.jenkins.plugins.buildkit.cache.EmbeddedService;
import io.jenkins.plugins.buildkit.cache.JenkinsLayerCache;
import io.jenkins.plugins.buildkit.cache.LayerCache;
import io.jenkins.plugins.buildkit.cache.LayerCacheConfiguration;
import io.jenkins.plugins.buildkit.cache.NoService;
import io.jenkins.plugins.buildkit.config.BuilderConfig;
import io.jenkins.plugins.buildkit.config.NodeConfig;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cache: 'jenkins'} on the service that runs in Jenkins, with builders that come and go. */
class LayerCacheIT {
    private static final Testbed TESTBED = Testbed.here();

    private final String mark = "c" + UUID.randomUUID().toString().substring(0, 8);
    private final String dockerfile =
            "FROM " + TESTBED.base() + "\nRUN echo " + mark + " > /one\nRUN date +%N > /two\nCOPY Dockerfile /\n";
    private EnvVars environment = new EnvVars();
    private Path config = Path.of("");
    private Path directory = Path.of("");
    private CacheLifecycle lifecycle = new CacheLifecycle();

    @BeforeEach
    void makeAJenkinsWithACache(@TempDir Path temporary) throws Exception {
        config = temporary.resolve("config");
        environment = Agents.environment(config);
        directory = Files.createDirectories(temporary.resolve("an agent"));
        Files.createDirectories(PlayedPipeline.workspace(directory));
        NodeConfig node = new NodeConfig();
        node.setDriverOpts("image=" + TESTBED.buildkitImage() + "\nnetwork=host");
        BuilderConfig builder = new BuilderConfig(mark);
        builder.setNodes(List.of(node));
        PlayedJenkins.with(mark, builder);
        ExtensionList.put(LayerCacheConfiguration.class, new LayerCacheConfiguration());
        JenkinsLayerCache cache = new JenkinsLayerCache();
        ExtensionList.put(JenkinsLayerCache.class, cache);
        ExtensionList.put(LayerCache.class, cache);
        start();
        EmbeddedService service = new EmbeddedService();
        service.setDirectory(temporary.resolve("layers").toString());
        service.setQuota("1GiB");
        try (ServerSocket free = new ServerSocket(0)) {
            service.setPort(free.getLocalPort());
        }
        LayerCacheConfiguration.get().setService(service);
    }

    /** As Jenkins does, each time anew. */
    private void start() {
        lifecycle = new CacheLifecycle();
        ExtensionList.put(CacheLifecycle.class, lifecycle);
        CacheLifecycle.begin();
    }

    @AfterEach
    void removeAll() throws Exception {
        removeBuilders();
        LayerCacheConfiguration.get().setService(new NoService());
        lifecycle.onBeforeShutdown();
        PlayedJenkins.with("");
    }

    private BuildResult built() throws Throwable {
        Files.writeString(PlayedPipeline.workspace(directory).resolve("Dockerfile"), dockerfile);
        PlayedPipeline pipeline = new PlayedPipeline(
                        directory, environment, Steps.build(Map.of("cache", "jenkins", "outputs", "type=cacheonly")))
                .start();
        BuildResult result = (BuildResult) pipeline.result();
        assertThat(pipeline.log()).doesNotContain("built without");
        return result;
    }

    /** With all that they keep. */
    private void removeBuilders() throws Exception {
        List<String> names = Agents.files(config.resolve("buildx/instances")).stream()
                .map(file -> Path.of(file).getFileName().toString())
                .filter(name -> name.contains(mark))
                .toList();
        for (String name : names) {
            List<String> command = new ArrayList<>(List.of(TESTBED.buildx().toString(), "rm", "--force", name));
            ProcessBuilder removal = new ProcessBuilder(command).redirectErrorStream(true);
            removal.environment().putAll(environment);
            Process process = removal.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        }
    }

    @Test
    void aBuildThatHasBeenIsFoundByANewBuilderAndAfterARestartOfJenkins() throws Throwable {
        BuildResult first = built();
        assertThat(first.getCached()).isZero();
        removeBuilders();

        BuildResult second = built();
        assertThat(second.getSteps()).isEqualTo(3);
        assertThat(second.getCached()).isEqualTo(3);

        removeBuilders();
        lifecycle.onBeforeShutdown();
        start();
        assertThat(built().getCached()).isEqualTo(3);
    }
}
