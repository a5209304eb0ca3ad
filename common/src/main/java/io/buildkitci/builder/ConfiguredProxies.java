package io.buildkitci.builder;

import io.buildkitci.json.PlainJson;
import io.buildkitci.model.Secret;
import io.buildkitci.model.Setting;
import io.buildkitci.plan.ConfiguredProxy;
import io.buildkitci.plan.Credentials;
import io.buildkitci.process.HostFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Docker's {@code config.json} says of proxies: those of the engine that is talked to, else those of all. */
public final class ConfiguredProxies {
    private static final String ALL = "default";

    private final HostFiles files;
    private final Path config;
    private final BuilderStore store;

    public ConfiguredProxies(HostFiles files, ClientEnvironment environment) {
        this.files = files;
        this.config = environment.dockerConfig().resolve("config.json");
        this.store = new BuilderStore(files, environment);
    }

    /** Those with a password that {@code docker buildx} hands over. */
    public List<ConfiguredProxy> ofBuildx() {
        return withPasswords(false);
    }

    /** Those with a password that {@code docker build} hands over, which knows one more. */
    public List<ConfiguredProxy> ofDockerBuild() {
        return withPasswords(true);
    }

    private List<ConfiguredProxy> withPasswords(boolean all) {
        PlainJson proxies = PlainJson.parse(files.read(config).orElse("")).object("proxies");
        String engine = store.endpoint().map(EngineEndpoint::address).orElse(ALL);
        String whose = proxies.has(engine) ? engine : ALL;
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("httpProxy", "HTTP_PROXY");
        arguments.put("httpsProxy", "HTTPS_PROXY");
        arguments.put("ftpProxy", "FTP_PROXY");
        if (all) {
            arguments.put("allProxy", "ALL_PROXY");
        }
        List<ConfiguredProxy> found = new ArrayList<>();
        arguments.forEach((key, argument) -> Credentials.ofProxy(
                        new Setting(argument, proxies.object(whose).text(key)))
                .ifPresent(password -> found.add(new ConfiguredProxy(
                        config.toString(), "proxies." + whose + "." + key, argument, new Secret(password)))));
        return found;
    }
}
