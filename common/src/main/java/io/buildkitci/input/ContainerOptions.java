package io.buildkitci.input;

import static java.util.Map.entry;

import java.util.Map;

/** The options of buildx' docker-container driver and what they may be: what buildx or the engine would refuse later. */
final class ContainerOptions {
    private static final String AMOUNT = "\\d+(?:\\.\\d+)?\\s?(?:[kKmMgGtTpP][iI]?)?[bB]?";

    static final Map<String, OptionRule> RULES = Map.ofEntries(
            entry("image", OptionRule.IMAGE),
            entry("network", OptionRule.matching("\\S+", "must be host, bridge, none or the name of a network")),
            entry("memory", OptionRule.matching(AMOUNT, "no number of bytes; write 512m or 2g")),
            entry(
                    "memory-swap",
                    OptionRule.matching("-1|" + AMOUNT, "no number of bytes; write 1g, or -1 for no limit")),
            entry("cpu-quota", OptionRule.matching("-1|\\d{1,18}", "must be a number of microseconds, such as 150000")),
            entry("cpu-period", OptionRule.matching("\\d{1,18}", "must be a number of microseconds, such as 100000")),
            entry("cpu-shares", OptionRule.matching("\\d{1,18}", "must be a number, such as 512 (1024 is usual)")),
            entry("cpuset-cpus", cpus("processors")),
            entry("cpuset-mems", cpus("memory nodes")),
            entry("cgroup-parent", OptionRule.matching("\\S+", "must be the path of a control group")),
            entry(
                    "restart-policy",
                    OptionRule.matching(
                            "no|always|unless-stopped|on-failure(?::\\d{1,9})?",
                            "accepted are no, always, unless-stopped, on-failure and on-failure:<times>")),
            entry("default-load", OptionRule.BOOLEAN),
            entry("provenance-add-gha", OptionRule.BOOLEAN),
            entry("allow-untrusted-image", OptionRule.BOOLEAN));

    private ContainerOptions() {}

    private static OptionRule cpus(String what) {
        return OptionRule.matching(
                "\\d+(?:-\\d+)?(?:,\\d+(?:-\\d+)?)*", "must be numbers of " + what + ", such as 0-3 or 0,2");
    }
}
