package io.buildkitci.daemon;

import io.buildkitci.builder.InspectedNode;
import io.buildkitci.json.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a daemon says of itself in {@code buildctl debug workers --format '{{json .}}'}. */
record Workers(List<String> platforms, Map<String, String> labels, Optional<String> buildkit) {
    Workers {
        platforms = List.copyOf(platforms);
        labels = Map.copyOf(labels);
    }

    /** The first worker, which is the one that builds; empty for a text that lists none. */
    static Optional<Workers> parse(String text) {
        return PlainJson.parse("{\"workers\":" + text + "}").objects("workers").stream()
                .findFirst()
                .map(Workers::of);
    }

    private static Workers of(PlainJson worker) {
        List<String> platforms = new ArrayList<>();
        for (PlainJson platform : worker.objects("platforms")) {
            String variant = platform.text("variant");
            platforms.add(platform.text("os") + "/" + platform.text("architecture")
                    + (variant.isEmpty() ? "" : "/" + variant));
        }
        Map<String, String> labels = new LinkedHashMap<>();
        worker.object("labels").fields().forEach((name, value) -> labels.put(name.toString(), value.toString()));
        Optional<String> version =
                Optional.of(worker.object("buildkitVersion").text("version")).filter(v -> !v.isEmpty());
        return new Workers(platforms, labels, version);
    }

    /** As buildx would say it of a node. */
    InspectedNode node(String name, String address, String flags) {
        return new InspectedNode(
                name,
                address,
                "running",
                Optional.empty(),
                Map.of(),
                flags,
                buildkit,
                List.of(),
                platforms,
                labels,
                Map.of());
    }
}
