package io.buildkitci.model;

import java.util.List;
import java.util.Optional;

/**
 * A buildx builder, as asked for.
 *
 * @param name its name; empty means that one is made up
 * @param nodes at least one
 * @param buildkitdConfig configuration of the daemons the driver starts; empty means BuildKit's default
 * @param use whether it becomes the current builder
 * @param bootstrap whether it is started now
 */
public record BuilderSpec(
        Optional<String> name,
        Driver driver,
        List<NodeSpec> nodes,
        Optional<ConfigSource> buildkitdConfig,
        boolean use,
        boolean bootstrap) {
    public BuilderSpec {
        nodes = List.copyOf(nodes);
    }

    /**
     * One node of a builder.
     *
     * @param name node name; empty means that buildx makes one up
     * @param endpoint Docker context, socket or address; empty means the current context
     * @param platforms platforms it is preferred for; empty means what it detects
     */
    public record NodeSpec(
            Optional<String> name,
            Optional<String> endpoint,
            List<Platform> platforms,
            List<Setting> driverOpts,
            List<String> buildkitdFlags) {
        public NodeSpec {
            platforms = List.copyOf(platforms);
            driverOpts = List.copyOf(driverOpts);
            buildkitdFlags = List.copyOf(buildkitdFlags);
        }

        /** Where somebody else runs its daemon. */
        public DaemonAddress address() {
            DaemonAddress.Tls tls =
                    new DaemonAddress.Tls(option("cacert"), option("cert"), option("key"), option("servername"));
            return new DaemonAddress(endpoint.orElse(""), tls);
        }

        private Optional<String> option(String option) {
            return driverOpts.stream()
                    .filter(setting -> setting.name().equals(option))
                    .map(Setting::value)
                    .findFirst();
        }
    }

    /** Where a buildkitd configuration comes from. */
    public sealed interface ConfigSource {}

    /** A file, as the person wrote its path. */
    public record ConfigFile(String path) implements ConfigSource {}

    /** The configuration's own text. */
    public record ConfigText(String toml) implements ConfigSource {}

    /**
     * A configuration with what was given as inputs of their own.
     *
     * @param base empty for nothing else
     */
    public record ConfigWith(Optional<ConfigSource> base, Optional<RegistryMirrors> mirrors, Optional<GcPolicy> gc)
            implements ConfigSource {
        /** @throws InvalidValue if the base says something else of the same */
        public String addTo(String toml) throws InvalidValue {
            String text = toml;
            if (mirrors.isPresent()) {
                text = mirrors.get().addTo(text);
            }
            return gc.isPresent() ? gc.get().addTo(text) : text;
        }
    }
}
