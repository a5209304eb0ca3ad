package io.buildkitci.input;

import static java.util.Map.entry;

import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of buildx' kubernetes driver and what they may be: what buildx, the cluster or nobody would refuse later. */
final class KubernetesOptions {
    private static final String PERSISTENT = "persistent-volume-claim.requests.storage";
    private static final String MEMORY_VOLUME = "buildkit-root-volume-memory";
    private static final int MOST_REPLICAS = 1000;

    /** Those with commas in their values. */
    static final Set<String> LISTS = Set.of("nodeselector", "annotations", "labels", "tolerations");

    static final Map<String, OptionRule> RULES = Map.ofEntries(
            entry("image", OptionRule.IMAGE),
            entry("namespace", KubernetesNames::label),
            entry("replicas", KubernetesOptions::replicas),
            entry("requests.cpu", Quantity::parse),
            entry("requests.memory", Quantity::parse),
            entry("requests.ephemeral-storage", Quantity::parse),
            entry(PERSISTENT, KubernetesOptions::size),
            entry("limits.cpu", Quantity::parse),
            entry("limits.memory", Quantity::parse),
            entry("limits.ephemeral-storage", Quantity::parse),
            entry("rootless", OptionRule.BOOLEAN),
            entry("schedulername", OptionRule.matching("\\S+", "must be the name of a scheduler")),
            entry("serviceaccount", KubernetesNames::subdomain),
            entry("nodeselector", value -> pairs(value, "", KubernetesNames::value)),
            entry("annotations", value -> pairs(value, "buildx.docker.com/platform", text -> {})),
            entry("labels", value -> pairs(value, "app", KubernetesNames::value)),
            entry("tolerations", KubernetesOptions::tolerations),
            entry("loadbalance", OptionRule.matching("sticky|random", "accepted are sticky and random")),
            entry("qemu.install", OptionRule.BOOLEAN),
            entry("qemu.image", OptionRule.IMAGE),
            entry(MEMORY_VOLUME, KubernetesOptions::size),
            entry("default-load", OptionRule.BOOLEAN),
            entry("timeout", OptionRule.DURATION));

    private KubernetesOptions() {}

    /**
     * What no option alone shows.
     *
     * @param configured whether the daemons are given a configuration
     */
    static void checkTogether(InputReader in, List<Setting> options, boolean configured) {
        Map<String, String> values = new HashMap<>();
        options.forEach(option -> values.put(option.name(), option.value()));
        for (String what : List.of("cpu", "memory")) {
            Optional<Quantity> requested = quantity(values, "requests." + what);
            Optional<Quantity> limit = quantity(values, "limits." + what);
            if (requested.isPresent() && limit.isPresent() && requested.get().compareTo(limit.get()) > 0) {
                in.problem(
                        "driver-opts",
                        "requests." + what + "=" + values.get("requests." + what),
                        "is more than limits." + what + "=" + values.get("limits." + what));
            }
        }
        if (values.containsKey(PERSISTENT) && values.containsKey(MEMORY_VOLUME)) {
            in.problem("driver-opts", MEMORY_VOLUME, "the volume of " + PERSISTENT + " takes its place; drop one");
        }
        if (values.containsKey(PERSISTENT) && configured && !isRootless(options)) {
            in.problem(
                    "driver-opts",
                    PERSISTENT,
                    "beside it buildx gives buildkitd no configuration, unless rootless=true; drop one");
        }
        if (values.containsKey("requests.ephemeral-storage")) {
            String instead = values.containsKey("limits.ephemeral-storage") ? "; the limit given beside it counts" : "";
            in.notice("driver-opts", "buildx makes requests.ephemeral-storage the limit of a pod" + instead);
        }
        if (values.containsKey("qemu.image") && !isTrue(values.getOrDefault("qemu.install", ""))) {
            in.notice("driver-opts", "qemu.image is used with qemu.install=true only");
        }
        if (in.isGiven("platforms") && !choosesMachines(values) && !isTrue(values.getOrDefault("qemu.install", ""))) {
            in.notice(
                    "platforms",
                    "nothing keeps its pods to machines of that architecture; give"
                            + " nodeselector=kubernetes.io/arch=… in " + in.word("driver-opts"));
        }
    }

    static boolean isRootless(List<Setting> options) {
        return options.stream().anyMatch(o -> o.name().equals("rootless") && isTrue(o.value()));
    }

    private static boolean choosesMachines(Map<String, String> values) {
        return values.getOrDefault("nodeselector", "").contains("kubernetes.io/arch=");
    }

    private static boolean isTrue(String value) {
        return value.matches("1|[tT]|true|TRUE|True");
    }

    private static Optional<Quantity> quantity(Map<String, String> values, String option) {
        try {
            return values.containsKey(option)
                    ? Optional.of(Quantity.parse(values.getOrDefault(option, "")))
                    : Optional.empty();
        } catch (InvalidValue e) {
            return Optional.empty(); // reported on its own
        }
    }

    private static void replicas(String value) throws InvalidValue {
        if (!value.matches("\\d{1,4}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > MOST_REPLICAS) {
            throw new InvalidValue(value, "must be a number of pods from 1 to " + MOST_REPLICAS);
        }
    }

    private static void size(String value) throws InvalidValue {
        if (Quantity.parse(value).isZero()) {
            throw new InvalidValue(value, "must be more than nothing; write 20Gi");
        }
    }

    /**
     * {@code a=b,c=d}; buildx takes no {@code =} in a value.
     *
     * @param own the key that buildx sets itself; empty for none
     */
    private static void pairs(String text, String own, OptionRule values) throws InvalidValue {
        for (String pair : text.replaceAll("^\"|\"$", "").split(",", -1)) {
            String[] parts = pair.split("=", -1);
            if (parts.length != 2) {
                throw new InvalidValue(text, "'" + pair + "' is not of the form key=value, with one '='");
            }
            KubernetesNames.key(parts[0]);
            if (parts[0].equals(own)) {
                throw new InvalidValue(text, "'" + parts[0] + "' is buildx' own");
            }
            values.check(parts[1]);
        }
    }

    private static void tolerations(String value) throws InvalidValue {
        for (String toleration : value.split(";", -1)) {
            Toleration.check(toleration);
        }
    }
}
