package io.buildkitci.input;

import static io.buildkitci.input.InputSpec.csv;
import static io.buildkitci.input.InputSpec.flag;
import static io.buildkitci.input.InputSpec.list;
import static io.buildkitci.input.InputSpec.text;

import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.ConfigFile;
import io.buildkitci.model.BuilderSpec.ConfigSource;
import io.buildkitci.model.BuilderSpec.ConfigText;
import io.buildkitci.model.BuilderSpec.ConfigWith;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.GcPolicy;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.RegistryMirrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The inputs of {@code create-builder}, and the way from them to a {@link BuilderRequest}. */
public final class BuilderInputs {
    private static final InputSpec PLATFORMS = csv("platforms", "platforms the node is preferred for")
            .example("linux/amd64,linux/386")
            .alias("platform");
    private static final InputSpec ENDPOINT =
            text("endpoint", "Docker context, socket or address of the node").example("tcp://buildkitd.example:1234");
    private static final InputSpec DRIVER_OPTS = list("driver-opts", "options of the driver, name=value")
            .kind(InputSpec.Kind.LINES)
            .example("network=host")
            .alias("driver-opt");
    private static final InputSpec FLAGS = text(
                    "buildkitd-flags",
                    "flags of buildkitd; '" + String.join(" ", BuilderNodes.DEFAULT_FLAGS)
                            + "' if not given, for drivers docker-container, kubernetes and buildkitd")
            .example("--debug");

    public static final InputTable ALL = new InputTable(
            "create-builder",
            List.of(
                    text("name", "name of the builder; made up if not given").example("ci"),
                    text("driver", "docker-container, docker, kubernetes or remote; outside of Jenkins also buildkitd")
                            .defaultsTo(Driver.DOCKER_CONTAINER.render())
                            .example("remote"),
                    ENDPOINT,
                    PLATFORMS,
                    DRIVER_OPTS,
                    FLAGS,
                    text("buildkitd-config", "path of buildkitd's configuration")
                            .example("buildkitd.toml")
                            .alias("config"),
                    text("buildkitd-config-inline", "text of buildkitd's configuration")
                            .example("[worker.oci]\n  max-parallelism = 4")
                            .alias("config-inline"),
                    list("registry-mirrors", "registries to pull through, mirror (of Docker Hub) or registry=mirror")
                            .example("docker.io=mirror.example:5000")
                            .ours(),
                    text("gc-policy", "what of its cache buildkitd keeps: off, or limits of space")
                            .example("max-used-space=50GB,min-free-space=20%")
                            .ours(),
                    text("append", "further nodes, a list of name, endpoint, platforms, driver-opts, buildkitd-flags")
                            .example("- endpoint: ssh://arm.example"),
                    flag("use", true, "make it the current builder"),
                    flag("bootstrap", true, "start it now").ours(),
                    flag("keep-state", false, "keep its cache when it is removed (docker-container and buildkitd)"),
                    flag("cleanup", true, "remove it when the job ends"),
                    text("version", "the buildx to use: a release, a range such as ^0.36.0, latest or edge")
                            .example("v0.36.1"),
                    InstallInputs.FROM,
                    flag("cache-binary", true, "keep a buildx that was fetched in the tool cache, for later jobs")));

    /** The inputs of one further node. */
    public static final InputTable NODE = new InputTable(
            "append",
            List.of(
                    text("name", "name of the node; made up if not given").example("arm"),
                    ENDPOINT,
                    PLATFORMS,
                    DRIVER_OPTS,
                    FLAGS));

    private BuilderInputs() {}

    /**
     * Reads the inputs of one builder.
     *
     * @param append the further nodes, which hosts write in their own ways: one {@link #NODE} each
     */
    public static Checked<BuilderRequest> check(RawInput raw, List<RawInput> append, Outside outside) {
        InputReader in = new InputReader(ALL, raw, outside);
        Driver driver = in.one("driver", Driver::parse).orElse(Driver.DOCKER_CONTAINER);
        List<InputReader> readers = new ArrayList<>(List.of(in));
        append.forEach(node -> readers.add(new InputReader(NODE, node, outside)));
        BuilderNodes nodes = new BuilderNodes(driver, readers);
        List<NodeSpec> specs = nodes.read();
        BuilderRequest request = new BuilderRequest(
                new BuilderSpec(
                        in.one("name", Names::builder),
                        driver,
                        specs,
                        config(in),
                        in.flag("use"),
                        in.flag("bootstrap")),
                in.one("version", InstallInputs::version),
                InstallInputs.from(in, "version"),
                in.flag("keep-state"),
                in.flag("cleanup"),
                in.flag("cache-binary"));
        nodes.checkRules();
        return in.finish(request);
    }

    private static Optional<ConfigSource> config(InputReader in) {
        if (in.isGiven("buildkitd-config") && in.isGiven("buildkitd-config-inline")) {
            in.problem("buildkitd-config-inline", "", "given beside " + in.word("buildkitd-config") + "; drop one");
        }
        Optional<RegistryMirrors> mirrors = in.items("registry-mirrors").isEmpty() ? Optional.empty() : mirrors(in);
        Optional<GcPolicy> gc = in.one("gc-policy", GcPolicy::parse);
        Optional<ConfigSource> base = base(in);
        if (mirrors.isEmpty() && gc.isEmpty()) {
            return base;
        }
        ConfigWith with = new ConfigWith(base, mirrors, gc);
        checkTogether(in, with);
        return Optional.of(with);
    }

    private static Optional<RegistryMirrors> mirrors(InputReader in) {
        in.each("registry-mirrors", RegistryMirrors::parse); // each problem on its own
        try {
            return Optional.of(RegistryMirrors.parse(String.join("\n", in.items("registry-mirrors"))));
        } catch (InvalidValue e) {
            return Optional.empty();
        }
    }

    private static void checkTogether(InputReader in, ConfigWith with) {
        String text = with.base().map(base -> configured(in, base)).orElse("");
        try {
            if (with.mirrors().isPresent()) {
                with.mirrors().get().addTo(text);
            }
        } catch (InvalidValue e) {
            in.problem("registry-mirrors", e.given(), e.reason());
        }
        try {
            if (with.gc().isPresent()) {
                with.gc().get().addTo(text);
            }
        } catch (InvalidValue e) {
            in.problem("gc-policy", e.given(), e.reason());
        }
    }

    /** Nothing where a file cannot be read here: whoever makes the builder reads it. */
    private static String configured(InputReader in, ConfigSource base) {
        return base instanceof ConfigFile file
                ? in.outside().text().apply(file.path()).orElse("")
                : base instanceof ConfigText text ? text.toml() : "";
    }

    private static Optional<ConfigSource> base(InputReader in) {
        Optional<ConfigSource> file = in.one("buildkitd-config", path -> {
            if (!in.outside().readableFile().test(path)) {
                throw new InvalidValue(path, "no such file");
            }
            return new ConfigFile(path);
        });
        return file.or(() -> in.text("buildkitd-config-inline").map(ConfigText::new));
    }
}
