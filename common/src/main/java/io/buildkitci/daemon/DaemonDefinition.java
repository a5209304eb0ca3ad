package io.buildkitci.daemon;

import io.buildkitci.model.BuilderSpec;
import io.buildkitci.model.BuilderSpec.NodeSpec;
import io.buildkitci.model.DaemonAddress;
import io.buildkitci.model.Setting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a person asked of a daemon. */
final class DaemonDefinition {
    static final String FLAGS = "buildkitd-flags";

    private final NodeSpec node;
    private final Map<String, String> options = new TreeMap<>();

    DaemonDefinition(BuilderSpec spec) {
        this.node = spec.nodes().get(0);
        for (Setting option : node.driverOpts()) {
            options.put(option.name(), option.value());
        }
    }

    /** Where somebody else runs it; empty when it is to be started. */
    Optional<DaemonAddress> address() {
        return node.endpoint().map(url -> node.address());
    }

    private Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** Without root where the person has none, unless they say so. */
    boolean rootless(boolean root) {
        return option("rootless").map(on -> on.equals("true")).orElse(!root);
    }

    List<String> flags() {
        return node.buildkitdFlags();
    }

    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        options.forEach((name, value) -> {
            if (name.startsWith("env.")) {
                variables.put(name.substring("env.".length()), value);
            }
        });
        return variables;
    }

    /** For people to compare. Variables are there without their values, which can be secrets. */
    Map<String, String> describe(Optional<String> config, boolean rootless) {
        Map<String, String> described = new TreeMap<>();
        node.endpoint().ifPresent(url -> described.put("endpoint", url));
        options.forEach((name, value) -> {
            if (!name.equals("rootless")) {
                described.put("driver-opts " + name, name.startsWith("env.") ? "set" : value);
            }
        });
        if (node.endpoint().isEmpty()) {
            described.put("driver-opts rootless", Boolean.toString(rootless));
            described.put(FLAGS, String.join(" ", node.buildkitdFlags()));
        }
        config.ifPresent(text -> described.put("buildkitd-config", digest(text)));
        return described;
    }

    private static String digest(String text) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(sha256).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    static List<String> differences(Map<String, String> has, Map<String, String> asked) {
        List<String> differences = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(has.keySet());
        names.addAll(asked.keySet());
        for (String name : names) {
            String one = has.getOrDefault(name, "none");
            String other = asked.getOrDefault(name, "none");
            if (!one.equals(other)) {
                differences.add(name + ": has " + one + ", asked for " + other);
            }
        }
        return differences;
    }
}
