package io.jenkins.plugins.buildkit.config;

import io.buildkitci.input.BuilderInputs;
import io.buildkitci.input.Checked;
import io.buildkitci.input.Outside;
import io.buildkitci.input.Problem;
import io.buildkitci.input.RawInput;
import io.buildkitci.input.RawValue;
import io.buildkitci.model.BuilderRequest;
import io.buildkitci.model.CacheShorthand;
import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.RegistryMirrors;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A builder of the configuration, as it is made on one agent.
 *
 * <p>On the agent it has a name of its own, which follows from all that it is asked to be and from the controller: a
 * builder of that name is one made from just this configuration, which reading one file tells; one whose configuration
 * was changed is another builder, and builds that run on the old one end on it.
 *
 * @param name by which pipelines call it
 * @param agentName its name on the agent; empty text for driver docker, where it is the engine's own
 * @param inputs of create-builder
 * @param append inputs of the further nodes
 * @param tls IDs of the credentials of the nodes, in their order; empty text for none
 * @param cache what builds take for their {@code cache} that say nothing of it
 * @param unusedDays how long it stays without a build; for {@link Cleanup#UNUSED}
 * @param problems beyond those of the inputs
 */
public record ConfiguredBuilder(
        String name,
        String agentName,
        RawInput inputs,
        List<RawInput> append,
        List<String> tls,
        Optional<String> cache,
        boolean keepState,
        Cleanup cleanup,
        int unusedDays,
        List<Problem> problems) {
    /** How names on agents begin, before the name that pipelines use. */
    public static final String PREFIX = "buildkit-ci-";

    public ConfiguredBuilder {
        append = List.copyOf(append);
        tls = List.copyOf(tls);
        problems = List.copyOf(problems);
    }

    /** @param controller what tells this controller's builders from those of another one on the same engine */
    static ConfiguredBuilder of(BuilderConfig config, AgentEndpoints agents, String controller) {
        return new Reading(config, agents).read(controller);
    }

    /** Every problem at once, each with the name of its field in the configuration. */
    public Checked<BuilderRequest> check(Outside outside) {
        Checked<BuilderRequest> checked = BuilderInputs.check(inputs, append, outside);
        if (problems.isEmpty()) {
            return checked;
        }
        List<Problem> all = new ArrayList<>(problems);
        if (checked instanceof Checked.Invalid<BuilderRequest> invalid) {
            all.addAll(invalid.problems());
        }
        return new Checked.Invalid<>(all, checked.notices());
    }

    /** The same under another name on the agent. */
    ConfiguredBuilder called(String otherAgentName) {
        RawInput named = agentName.isEmpty()
                ? inputs
                : RawInput.of(Map.of("name", RawValue.of(otherAgentName))).over(inputs);
        return new ConfiguredBuilder(
                name, otherAgentName, named, append, tls, cache, keepState, cleanup, unusedDays, problems);
    }

    ConfiguredBuilder with(RawInput otherInputs, List<RawInput> otherAppend, List<Problem> otherProblems) {
        return new ConfiguredBuilder(
                name, agentName, otherInputs, otherAppend, tls, cache, keepState, cleanup, unusedDays, otherProblems);
    }

    private static final class Reading {
        private static final Map<String, String> FIELDS = Map.of(
                "driver-opts", "driverOpts",
                "buildkitd-flags", "buildkitdFlags",
                "buildkitd-config-inline", "buildkitdConfig",
                "keep-state", "keepState");

        private final BuilderConfig config;
        private final ConfiguredNodes nodes;
        private final List<Problem> problems = new ArrayList<>();

        Reading(BuilderConfig config, AgentEndpoints agents) {
            this.config = config;
            this.nodes = new ConfiguredNodes(config.getDriver(), agents);
        }

        ConfiguredBuilder read(String controller) {
            List<NodeConfig> configured = config.getNodes().isEmpty() ? List.of(new NodeConfig()) : config.getNodes();
            for (int i = 0; i < configured.size(); i++) {
                int number = i + 1;
                nodes.add(configured.get(i), field -> word(field) + " of node " + number);
            }
            problems.addAll(nodes.problems());
            Map<String, String> first = new LinkedHashMap<>();
            first.put("driver", config.getDriver());
            daemon().filter(text -> !text.isEmpty()).ifPresent(text -> first.put("buildkitd-config-inline", text));
            if (config.isKeepState()) {
                first.put("keep-state", "true");
            }
            Cleanup cleanup =
                    parsed("cleanup", config.getCleanup(), Cleanup::parse).orElse(Cleanup.UNUSED);
            Optional<String> cache =
                    parsed("cache", config.getCache(), CacheShorthand::parse).map(CacheShorthand::render);
            List<ConfiguredNodes.Node> all = nodes.nodes();
            if (!all.isEmpty()) {
                first.putAll(all.get(0).inputs());
            }
            List<ConfiguredNodes.Node> further = all.subList(Math.min(1, all.size()), all.size());
            String agentName =
                    config.getDriver().equals(Driver.DOCKER.render()) ? "" : agentName(first, all, controller);
            if (!agentName.isEmpty()) {
                first.put("name", agentName);
            }
            first.put("use", "false");
            List<RawInput> append = new ArrayList<>();
            further.forEach(node -> append.add(raw(node.inputs(), append.size() + 2)));
            return new ConfiguredBuilder(
                    config.getName(),
                    agentName,
                    raw(first, 1),
                    append,
                    all.stream().map(ConfiguredNodes.Node::tls).toList(),
                    cache,
                    config.isKeepState(),
                    cleanup,
                    config.getUnusedDays(),
                    problems);
        }

        private Optional<String> daemon() {
            if (config.getRegistryMirrors().isEmpty()) {
                return Optional.of(config.getBuildkitdConfig());
            }
            return parsed(
                    "registryMirrors",
                    config.getRegistryMirrors(),
                    text -> RegistryMirrors.parse(text).addTo(config.getBuildkitdConfig()));
        }

        private interface Parser<T> {
            T parse(String text) throws InvalidValue;
        }

        private <T> Optional<T> parsed(String field, String text, Parser<T> parser) {
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(parser.parse(text));
            } catch (InvalidValue e) {
                problems.add(new Problem(word(field), e.given(), e.reason()));
                return Optional.empty();
            }
        }

        private RawInput raw(Map<String, String> inputs, int node) {
            Map<String, RawValue> values = new LinkedHashMap<>();
            inputs.forEach((name, value) -> values.put(name, RawValue.of(value)));
            return RawInput.of(
                    values,
                    name -> word(FIELDS.getOrDefault(name, name))
                            + (BuilderInputs.NODE.named(name).isPresent() && !name.equals("name")
                                    ? " of node " + node
                                    : ""));
        }

        private String word(String field) {
            return "builder '" + config.getName() + "' of Manage Jenkins » BuildKit, " + field;
        }

        private String agentName(Map<String, String> first, List<ConfiguredNodes.Node> all, String controller) {
            List<String> parts =
                    new ArrayList<>(List.of(controller, config.getName(), new TreeMap<>(first).toString()));
            all.forEach(node -> parts.add(new TreeMap<>(node.inputs()) + " " + node.tls()));
            return PREFIX + config.getName().toLowerCase(Locale.ROOT) + "-" + hash(String.join("\n", parts));
        }

        private static String hash(String text) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest, 0, 4);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every Java has it
            }
        }
    }
}
