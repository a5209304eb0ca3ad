package io.buildkitci.builder;

import com.fasterxml.jackson.core.JsonGenerator;
import io.buildkitci.json.PlainJson;
import io.buildkitci.model.Platform;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a host says of a builder, with the outputs of docker/setup-buildx-action. */
public record BuilderSummary(Inspection builder) {
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
        StringWriter text = new StringWriter();
        try (JsonGenerator json = PlainJson.FACTORY.createGenerator(text)) {
            json.writeStartArray();
            for (InspectedNode node : builder.nodes()) {
                write(node, json);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not of a StringWriter
        }
        return text.toString();
    }

    private static void write(InspectedNode node, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", node.name());
        json.writeStringField("endpoint", node.endpoint());
        if (!node.driverOptions().isEmpty()) {
            json.writeArrayFieldStart("driver-opts");
            for (Map.Entry<String, String> option : node.driverOptions().entrySet()) {
                boolean secret = option.getKey().startsWith("env.");
                json.writeString(option.getKey() + "=" + (secret ? "***" : option.getValue()));
            }
            json.writeEndArray();
        }
        json.writeStringField("status", node.status());
        field("error", node.error(), json);
        field("buildkitd-flags", Optional.of(node.flags()).filter(f -> !f.isEmpty()), json);
        field("buildkit", node.buildkit(), json);
        json.writeStringField(
                "platforms", node.platforms().stream().map(Platform::render).collect(Collectors.joining(",")));
        json.writeEndObject();
    }

    private static void field(String name, Optional<String> value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
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
