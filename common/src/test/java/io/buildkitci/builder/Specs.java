package io.buildkitci.builder;

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.Setting;
import java.util.List;
import java.util.Optional;

/** Builders to ask for in tests. */
final class Specs {
    private Specs() {}

    static BuilderSpec of(Driver driver, String name, NodeSpec... nodes) {
        return new BuilderSpec(
                name.isEmpty() ? Optional.empty() : Optional.of(name),
                driver,
                List.of(nodes),
                Optional.empty(),
                false,
                true);
    }

    static BuilderSpec configured(BuilderSpec spec, String toml) {
        return new BuilderSpec(
                spec.name(),
                spec.driver(),
                spec.nodes(),
                Optional.of(new BuilderSpec.ConfigText(toml)),
                spec.use(),
                spec.bootstrap());
    }

    static BuilderSpec used(BuilderSpec spec) {
        return new BuilderSpec(
                spec.name(), spec.driver(), spec.nodes(), spec.buildkitdConfig(), true, spec.bootstrap());
    }

    static NodeSpec node(Setting... options) {
        return new NodeSpec(Optional.empty(), Optional.empty(), List.of(), List.of(options), List.of());
    }

    static NodeSpec withFlags(String... flags) {
        return new NodeSpec(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(flags));
    }

    static NodeSpec at(String endpoint) {
        return new NodeSpec(Optional.empty(), Optional.of(endpoint), List.of(), List.of(), List.of());
    }
}
