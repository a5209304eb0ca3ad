package io.buildkitci.builder;

import io.buildkitci.json.PlainJson;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.ConfigFile;
import io.buildkitci.model.BuilderSpec.ConfigSource;
import io.buildkitci.model.BuilderSpec.ConfigText;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import io.buildkitci.plan.Credentials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A builder that was made here, as it is noted to be made again.
 *
 * @param spec what was asked for; empty where that holds what may be secret, which is not kept
 * @param mark of what buildx remembered of it then: {@link BuilderStore#mark}
 * @param job that it was made for and ends with; empty for one that stays
 */
record MadeBuilder(String name, Optional<BuilderSpec> spec, String mark, Optional<BuilderJob> job) {
    MadeBuilder of(Optional<BuilderJob> other) {
        return new MadeBuilder(name, spec, mark, other);
    }

    /** @param config that of the spec as one text, where it is more than the name of a file */
    static MadeBuilder of(String name, BuilderSpec spec, Optional<String> config, String mark) {
        Optional<ConfigSource> source =
                config.map(text -> (ConfigSource) new ConfigText(text)).or(spec::buildkitdConfig);
        BuilderSpec kept = new BuilderSpec(Optional.of(name), spec.driver(), spec.nodes(), source, false, true);
        boolean secret =
                Stream.of(Credentials.of(spec), Credentials.variables(spec)).anyMatch(found -> !found.isEmpty())
                        || config.filter(Credentials::standsIn).isPresent();
        return new MadeBuilder(name, Optional.of(kept).filter(any -> !secret), mark, Optional.empty());
    }

    /** As JSON has it. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("mark", mark);
        job.ifPresent(any -> fields.put("job", any.fields()));
        spec.ifPresent(definition -> {
            fields.put("driver", definition.driver().render());
            definition.buildkitdConfig().ifPresent(config -> {
                if (config instanceof ConfigFile file) {
                    fields.put("configFile", file.path());
                } else if (config instanceof ConfigText text) {
                    fields.put("config", text.toml());
                }
            });
            fields.put(
                    "nodes",
                    definition.nodes().stream().map(MadeBuilder::fields).toList());
        });
        return fields;
    }

    private static Map<String, Object> fields(NodeSpec node) {
        Map<String, Object> options = new LinkedHashMap<>();
        node.driverOpts().forEach(option -> options.put(option.name(), option.value()));
        return Map.of(
                "name", node.name().orElse(""),
                "endpoint", node.endpoint().orElse(""),
                "platforms", node.platforms().stream().map(Platform::render).toList(),
                "driverOpts", options,
                "flags", node.buildkitdFlags());
    }

    /** From JSON; one whose definition is not understood has none. */
    static MadeBuilder parse(PlainJson json) {
        return new MadeBuilder(json.text("name"), spec(json), json.text("mark"), BuilderJob.parse(json.object("job")));
    }

    private static Optional<BuilderSpec> spec(PlainJson json) {
        Optional<ConfigSource> config = some(json, "config")
                .map(text -> (ConfigSource) new ConfigText(text))
                .or(() -> some(json, "configFile").map(ConfigFile::new));
        try {
            List<NodeSpec> nodes = new ArrayList<>();
            for (PlainJson node : json.objects("nodes")) {
                nodes.add(node(node));
            }
            return nodes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new BuilderSpec(
                            some(json, "name"), Driver.parse(json.text("driver")), nodes, config, false, true));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static NodeSpec node(PlainJson json) throws InvalidValue {
        List<Platform> platforms = new ArrayList<>();
        for (String platform : texts(json, "platforms")) {
            platforms.add(Platform.parse(platform));
        }
        PlainJson options = json.object("driverOpts");
        List<Setting> driverOpts = options.fields().keySet().stream()
                .map(String::valueOf)
                .map(name -> new Setting(name, options.text(name)))
                .toList();
        return new NodeSpec(some(json, "name"), some(json, "endpoint"), platforms, driverOpts, texts(json, "flags"));
    }

    private static List<String> texts(PlainJson json, String field) {
        return json.values(field).stream().map(String::valueOf).toList();
    }

    private static Optional<String> some(PlainJson json, String field) {
        return Optional.of(json.text(field)).filter(text -> !text.isEmpty());
    }
}
