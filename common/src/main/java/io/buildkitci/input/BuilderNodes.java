package io.buildkitci.input;

import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.model.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The nodes of a builder and what its driver allows them. */
final class BuilderNodes {
    /** What the peer starts buildkitd with. */
    static final List<String> DEFAULT_FLAGS = List.of(
            "--allow-insecure-entitlement", "security.insecure", "--allow-insecure-entitlement", "network.host");

    static final List<String> CONFIGURATION =
            List.of("buildkitd-config", "buildkitd-config-inline", "registry-mirrors", "gc-policy");

    private static final Pattern REMOTE_ENDPOINT =
            Pattern.compile("(?:tcp|unix|ssh|docker-container|kube-pod|npipe)://.+");

    private final Driver driver;
    private final InputReader builder;
    private final List<InputReader> nodes;

    /** @param readers of the builder's own inputs, then of each further node */
    BuilderNodes(Driver driver, List<InputReader> readers) {
        this.driver = driver;
        this.builder = readers.get(0);
        this.nodes = List.copyOf(readers);
    }

    List<NodeSpec> read() {
        return nodes.stream().map(this::node).toList();
    }

    /** Reports what the driver does not allow, and everything the nodes' own readers found. */
    void checkRules() {
        nodes.forEach(this::checkNode);
        checkNodeNames();
        if (driver == Driver.DOCKER && nodes.size() > 1) {
            builder.problem("append", "", "driver docker has one node, the engine itself");
        }
        if (driver == Driver.DOCKER || driver == Driver.REMOTE) {
            for (String config : CONFIGURATION) {
                refuse(builder, config, "starts no buildkitd to configure");
            }
        }
        if (driver == Driver.BUILDKITD) {
            DaemonRules.check(builder, nodes.size());
        }
        if (driver == Driver.KUBERNETES) {
            KubernetesRules.checkNames(nodes);
        }
        boolean hasState = driver == Driver.DOCKER_CONTAINER || driver == Driver.BUILDKITD;
        if (builder.flag("keep-state") && !hasState) {
            builder.problem(
                    "keep-state",
                    "",
                    "only drivers docker-container and buildkitd have a state to keep, not " + driver);
        }
        nodes.stream().skip(1).forEach(builder::include);
    }

    private void checkNode(InputReader in) {
        if (driver == Driver.DOCKER) {
            refuse(in, "driver-opts", "takes no options");
        }
        if (driver == Driver.DOCKER || driver == Driver.REMOTE) {
            refuse(in, "buildkitd-flags", "starts no buildkitd to pass flags to");
        }
        if (driver == Driver.KUBERNETES) {
            refuse(in, "endpoint", "takes its cluster from the kubeconfig");
        }
    }

    private void refuse(InputReader in, String input, String why) {
        if (in.isGiven(input)) {
            in.problem(input, "", "driver " + driver + " " + why);
        }
    }

    private void checkNodeNames() {
        Set<String> names = new HashSet<>();
        for (InputReader in : nodes.subList(1, nodes.size())) {
            in.text("name")
                    .filter(n -> !names.add(n))
                    .ifPresent(n -> in.problem("name", n, "another node has this name"));
        }
    }

    private NodeSpec node(InputReader in) {
        boolean first = in == builder;
        List<Setting> options = driver == Driver.DOCKER ? List.of() : options(in);
        return new NodeSpec(
                first ? Optional.empty() : in.one("name", Names::builder),
                endpoint(in),
                platforms(in),
                options,
                flags(in, options));
    }

    private Optional<String> endpoint(InputReader in) {
        if (driver == Driver.BUILDKITD) {
            return in.one("endpoint", BuilderNodes::remoteEndpoint);
        }
        if (driver != Driver.REMOTE) {
            return in.text("endpoint");
        }
        Optional<String> host =
                in.outside().variable().apply("BUILDKIT_HOST").filter(h -> in == builder && !h.isBlank());
        if (!in.isGiven("endpoint") && host.isEmpty()) {
            in.problem("endpoint", "", "driver remote needs the address of a buildkitd, for example tcp://host:1234");
            return Optional.empty();
        }
        if (!in.isGiven("endpoint")) {
            in.notice("endpoint", "taken from BUILDKIT_HOST");
            return host;
        }
        return in.one("endpoint", BuilderNodes::remoteEndpoint);
    }

    private static String remoteEndpoint(String text) throws InvalidValue {
        if (!REMOTE_ENDPOINT.matcher(text).matches()) {
            throw new InvalidValue(
                    text,
                    "accepted for the address of a buildkitd are tcp://, unix://, ssh://, docker-container://, kube-pod:// and"
                            + " npipe:// addresses");
        }
        return text;
    }

    private static List<Platform> platforms(InputReader in) {
        List<Platform> platforms = in.each("platforms", Platform::parse);
        Set<Platform> seen = new HashSet<>();
        platforms.stream()
                .filter(p -> !seen.add(p))
                .forEach(p ->
                        in.problem("platforms", p.render(), "is given twice (other spellings count); name it once"));
        return platforms;
    }

    private List<Setting> options(InputReader in) {
        List<Setting> options = DriverOptions.read(in, driver);
        if (driver == Driver.KUBERNETES) {
            KubernetesOptions.checkTogether(in, options, isConfigured());
        }
        if (driver == Driver.BUILDKITD) {
            DaemonRules.checkOptions(in, options);
        }
        return options;
    }

    private List<String> flags(InputReader in, List<Setting> options) {
        boolean starts = driver == Driver.DOCKER_CONTAINER
                || driver == Driver.KUBERNETES
                || (driver == Driver.BUILDKITD && !in.isGiven("endpoint"));
        if (!starts) {
            return List.of();
        }
        List<String> flags = in.isGiven("buildkitd-flags")
                ? in.one("buildkitd-flags", ShellWords::split).orElse(List.of())
                : DEFAULT_FLAGS;
        return driver == Driver.KUBERNETES ? KubernetesRules.flags(flags, options, isConfigured()) : flags;
    }

    private boolean isConfigured() {
        return CONFIGURATION.stream().anyMatch(builder::isGiven);
    }
}
