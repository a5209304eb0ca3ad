package io.buildkitci.input;

import io.buildkitci.model.Setting;
import java.util.ArrayList;
import java.util.List;

/** What holds for nodes whose daemons are pods: buildx names what it makes in the cluster after them. */
final class KubernetesRules {
    /** buildx adds a few characters, and the cluster a hash, to what may have 63. */
    private static final int LONGEST_NAME = 50;

    private static final String CONFIG = "/etc/buildkit/buildkitd.toml";

    private KubernetesRules() {}

    /** @param nodes readers of the builder's own inputs, then of each further node */
    static void checkNames(List<InputReader> nodes) {
        for (InputReader node : nodes) {
            String name = node.text("name").orElse("");
            if (name.length() > LONGEST_NAME) {
                node.problem("name", name, "in a cluster it has at most " + LONGEST_NAME + " characters");
            }
            if (node != nodes.get(0) && name.matches(".*[-_.]")) {
                node.problem("name", name, "in a cluster it must end with a letter or a digit");
            }
        }
    }

    /** A rootless buildkitd does not look where buildx mounts its configuration. */
    static List<String> flags(List<String> given, List<Setting> options, boolean configured) {
        boolean found = given.stream().anyMatch(flag -> flag.equals("--config") || flag.startsWith("--config="));
        if (!configured || !KubernetesOptions.isRootless(options) || found) {
            return given;
        }
        List<String> flags = new ArrayList<>(given);
        flags.add("--config=" + CONFIG);
        return flags;
    }
}
