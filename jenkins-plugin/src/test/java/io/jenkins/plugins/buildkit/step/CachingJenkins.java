package io.jenkins.plugins.buildkit.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.EnvVars;
import hudson.ExtensionList;
import io.buildkitci.testbed.FreePorts;
import io.buildkitci.testbed.Testbed;
import io.jenkins.plugins.buildkit.cache.CacheLifecycle;
import io.jenkins.plugins.buildkit.cache.EmbeddedService;
import io.jenkins.plugins.buildkit.cache.JenkinsLayerCache;
import io.jenkins.plugins.buildkit.cache.LayerCache;
import io.jenkins.plugins.buildkit.cache.LayerCacheConfiguration;
import io.jenkins.plugins.buildkit.cache.NoService;
import io.jenkins.plugins.buildkit.config.BuilderConfig;
import io.jenkins.plugins.buildkit.config.NodeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A controller with a layer cache, and an agent whose configured builder is made for a build when it is not there. */
final class CachingJenkins {
    private static final Testbed TESTBED = Testbed.here();

    private final String mark;
    private final Path home;
    private final Path config;
    private final Path directory;
    private final EnvVars environment;
    private CacheLifecycle lifecycle = new CacheLifecycle();

    /** @param mark in the names of builders and in what is built */
    CachingJenkins(Path home, String mark) throws Exception {
        this.mark = mark;
        this.home = home;
        this.config = home.resolve("config");
        this.environment = Agents.environment(config);
        this.directory = Files.createDirectories(home.resolve("an agent"));
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
    }

    /** A service in this Jenkins, at a port that nothing listens at. */
    EmbeddedService service() throws IOException {
        EmbeddedService service = new EmbeddedService();
        service.setDirectory(home.resolve("layers").toString());
        service.setQuota("1GiB");
        service.setPort(FreePorts.next());
        return service;
    }

    Path home() {
        return home;
    }

    /** As Jenkins does, each time anew. */
    private void start() {
        lifecycle = new CacheLifecycle();
        ExtensionList.put(CacheLifecycle.class, lifecycle);
        CacheLifecycle.begin();
    }

    void restart() {
        lifecycle.onBeforeShutdown();
        start();
    }

    /** A build of three steps with the cache of this Jenkins. */
    PlayedPipeline build(Map<String, Object> arguments) throws Exception {
        Files.writeString(
                PlayedPipeline.workspace(directory).resolve("Dockerfile"),
                "FROM " + TESTBED.base() + "\nRUN echo " + mark + " > /one\nRUN date +%N > /two\nCOPY Dockerfile /\n");
        Map<String, Object> all = new LinkedHashMap<>(arguments);
        all.put("cache", "jenkins");
        all.put("outputs", "type=cacheonly");
        return new PlayedPipeline(directory, environment, Steps.build(all)).start();
    }

    /** How many of the three were cached. */
    int cached(Map<String, Object> arguments) throws Throwable {
        PlayedPipeline pipeline = build(arguments);
        BuildResult result = (BuildResult) pipeline.result();
        assertThat(pipeline.log()).doesNotContain("built without");
        assertThat(result.getSteps()).isEqualTo(3);
        return result.getCached();
    }

    /** The same with a builder that has built nothing yet. */
    int cachedByANewBuilder() throws Throwable {
        removeBuilders();
        return cached(Map.of());
    }

    /** With all that they keep. */
    private void removeBuilders() throws Exception {
        List<String> names = Agents.files(config.resolve("buildx/instances")).stream()
                .map(file -> Path.of(file).getFileName().toString())
                .filter(name -> name.contains(mark))
                .toList();
        for (String name : names) {
            Agents.run(environment, TESTBED.buildx().toString(), "rm", "--force", name);
        }
    }

    /** Makes a builder of the agent's own. */
    void makeBuilder(String name, String address) throws Exception {
        Agents.run(environment, TESTBED.buildx().toString(), "create", "--name", name, "--driver", "remote", address);
    }

    void end() throws Exception {
        removeBuilders();
        LayerCacheConfiguration.get().setService(new NoService());
        lifecycle.onBeforeShutdown();
        PlayedJenkins.with("");
    }
}
