package io.buildkitci.builder;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes for tests. */
final class Nodes {
    private Nodes() {}

    static InspectedNode with(Map<String, String> driverOptions, String flags, Map<String, String> files) {
        return new InspectedNode(
                "b0",
                "unix:///var/run/docker.sock",
                "running",
                Optional.empty(),
                driverOptions,
                flags,
                Optional.of("v0.32.2"),
                List.of(),
                List.of("linux/amd64", "linux/386"),
                Map.of(),
                files);
    }
}
