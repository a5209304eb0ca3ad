package io.buildkitci.builder;

import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Platform;
import io.buildkitci.plan.Capabilities.NodeFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code buildx inspect} says of one node.
 *
 * @param status {@code running}, {@code inactive}, {@code stopped} …; empty text when it could not be asked
 * @param error why it could not be asked
 * @param driverOptions values can be secrets
 * @param flags the daemon's, as one text
 * @param buildkit the daemon's version as it says itself
 * @param fixedPlatforms those that it was created with
 * @param detectedPlatforms those that its daemon added
 * @param files configuration that its daemon was given, by name
 */
public record InspectedNode(
        String name,
        String endpoint,
        String status,
        Optional<String> error,
        Map<String, String> driverOptions,
        String flags,
        Optional<String> buildkit,
        List<String> fixedPlatforms,
        List<String> detectedPlatforms,
        Map<String, String> labels,
        Map<String, String> files) {
    private static final String CONTAINERD = "org.mobyproject.buildkit.worker.containerd.";

    public InspectedNode {
        driverOptions = Collections.unmodifiableMap(new LinkedHashMap<>(driverOptions));
        fixedPlatforms = List.copyOf(fixedPlatforms);
        detectedPlatforms = List.copyOf(detectedPlatforms);
        labels = Map.copyOf(labels);
        files = Map.copyOf(files);
    }

    boolean running() {
        return error.isEmpty() && status.equals("running");
    }

    boolean onContainerd() {
        return labels.keySet().stream().anyMatch(label -> label.startsWith(CONTAINERD));
    }

    /** Every platform that it advertises and that we know. */
    public List<Platform> platforms() {
        return Stream.concat(fixedPlatforms.stream(), detectedPlatforms.stream())
                .flatMap(InspectedNode::platform)
                .distinct()
                .toList();
    }

    /**
     * Platforms of the processor's own family: that of the first platform which the daemon detected, with the 32-bit
     * one that such processors run. Empty while it is not running.
     */
    public List<Platform> nativePlatforms() {
        Optional<Platform> own =
                detectedPlatforms.stream().flatMap(InspectedNode::platform).findFirst();
        return platforms().stream()
                .filter(p -> own.isPresent() && family(p).equals(family(own.get())))
                .toList();
    }

    /** Platforms that it can only build by emulation. */
    public List<Platform> foreignPlatforms() {
        List<Platform> foreign = new ArrayList<>(platforms());
        foreign.removeAll(nativePlatforms());
        return foreign;
    }

    private static String family(Platform platform) {
        return switch (platform.architecture()) {
            case "amd64", "386" -> platform.os() + "/x86";
            case "arm64", "arm" -> platform.os() + "/arm";
            default -> platform.os() + "/" + platform.architecture();
        };
    }

    private static Stream<Platform> platform(String text) {
        try {
            return Stream.of(Platform.parse(text));
        } catch (InvalidValue e) {
            return Stream.empty(); // a platform that we cannot build for
        }
    }

    /** Its own platform comes first, whatever platforms a person fixed it to. */
    public NodeFacts facts() {
        List<Platform> advertised = new ArrayList<>(nativePlatforms());
        advertised.sort(Comparator.comparing(InspectedNode::isOf32Bits));
        advertised.addAll(foreignPlatforms());
        return new NodeFacts(name, endpoint, status, buildkit, advertised);
    }

    private static boolean isOf32Bits(Platform platform) {
        return platform.architecture().equals("386") || platform.architecture().equals("arm");
    }

    /** Without values of driver options: those that set variables can be secrets. */
    @Override
    public String toString() {
        return "InspectedNode[" + name + ", " + endpoint + ", " + status
                + error.map(e -> ", " + e).orElse("") + ", driverOptions=" + driverOptions.keySet() + "]";
    }
}
