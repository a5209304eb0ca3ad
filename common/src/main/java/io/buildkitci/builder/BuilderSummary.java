package io.buildkitci.builder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buildkitci.model.Platform;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a host says of a builder, with the outputs of docker/setup-buildx-action. */
public record BuilderSummary(Inspection builder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public String name() {
        return builder.name();
    }

    /** In buildx's word. */
    public String driver() {
        return builder.driver();
    }

    /** Of the first node. */
    public String endpoint() {
        return first(InspectedNode::endpoint);
    }

    /** Of the first node: {@code running}, {@code inactive} … */
    public String status() {
        return first(InspectedNode::status);
    }

    /** Of the first node's daemon. */
    public String flags() {
        return first(InspectedNode::flags);
    }

    /** Of the first node's daemon, as it says itself; empty while it is not running. */
    public Optional<String> buildkit() {
        return builder.nodes().stream().findFirst().flatMap(InspectedNode::buildkit);
    }

    /** Every platform of every node. */
    public List<Platform> platforms() {
        return all(InspectedNode::platforms);
    }

    /** Platforms that some node's own processor runs. */
    public List<Platform> nativePlatforms() {
        return all(InspectedNode::nativePlatforms);
    }

    /** Platforms that no node's processor runs: by emulation only. Empty for nodes that are not running. */
    public List<Platform> emulatedPlatforms() {
        List<Platform> ofTheirOwn = nativePlatforms();
        return builder.nodes().stream()
                .filter(InspectedNode::running)
                .flatMap(n -> n.foreignPlatforms().stream())
                .distinct()
                .filter(p -> !ofTheirOwn.contains(p))
                .toList();
    }

    /** The nodes as JSON, with the keys of the peer; values of driver options that set variables are masked. */
    public String nodesJson() {
        ArrayNode nodes = JSON.createArrayNode();
        builder.nodes().forEach(node -> write(node, nodes.addObject()));
        return nodes.toString();
    }

    private static void write(InspectedNode node, ObjectNode json) {
        json.put("name", node.name());
        json.put("endpoint", node.endpoint());
        if (!node.driverOptions().isEmpty()) {
            ArrayNode options = json.putArray("driver-opts");
            node.driverOptions()
                    .forEach((name, value) -> options.add(name + "=" + (name.startsWith("env.") ? "***" : value)));
        }
        json.put("status", node.status());
        node.error().ifPresent(e -> json.put("error", e));
        if (!node.flags().isEmpty()) {
            json.put("buildkitd-flags", node.flags());
        }
        node.buildkit().ifPresent(v -> json.put("buildkit", v));
        json.put("platforms", node.platforms().stream().map(Platform::render).collect(Collectors.joining(",")));
    }

    private String first(Function<InspectedNode, String> field) {
        return builder.nodes().stream().findFirst().map(field).orElse("");
    }

    private List<Platform> all(Function<InspectedNode, List<Platform>> field) {
        return builder.nodes().stream()
                .map(field)
                .flatMap(Collection::stream)
                .distinct()
                .toList();
    }
}
