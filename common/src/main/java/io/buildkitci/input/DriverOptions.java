package io.buildkitci.input;

import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The options that buildx 0.36 knows for each driver (any other makes it refuse the builder), and ours. */
final class DriverOptions {
    private static final Set<String> DOCKER_CONTAINER = Set.of(
            "image",
            "network",
            "memory",
            "memory-swap",
            "cpu-quota",
            "cpu-period",
            "cpu-shares",
            "cpuset-cpus",
            "cpuset-mems",
            "cgroup-parent",
            "restart-policy",
            "default-load",
            "provenance-add-gha",
            "allow-untrusted-image");
    private static final Set<String> KUBERNETES = Set.of(
            "image",
            "namespace",
            "replicas",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "persistent-volume-claim.requests.storage",
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "rootless",
            "schedulername",
            "serviceaccount",
            "nodeselector",
            "annotations",
            "labels",
            "tolerations",
            "loadbalance",
            "qemu.install",
            "qemu.image",
            "buildkit-root-volume-memory",
            "default-load",
            "timeout");
    private static final Set<String> BUILDKITD = Set.of("rootless", "cacert", "cert", "key", "servername");
    private static final Set<String> REMOTE = Set.of("cacert", "cert", "key", "servername", "default-load");

    /** With nothing in it that could be another option or a quoted field. */
    private static final Pattern ENVIRONMENT_ONLY = Pattern.compile("env\\.[^=\\s,\"]+=[^=\"]*");

    private DriverOptions() {}

    /** One item, which may hold several options beside commas; commas of an environment value need no quotes. */
    static List<Setting> parse(String text, Driver driver) throws InvalidValue {
        if (ENVIRONMENT_ONLY.matcher(text).matches()) {
            return List.of(option(text, text, driver));
        }
        List<Setting> options = new ArrayList<>();
        for (String field : AttributesText.fields(text)) {
            Setting last = options.isEmpty() ? new Setting("", "") : options.get(options.size() - 1);
            if (field.indexOf('=') < 0 && last.name().startsWith("env.")) {
                options.set(options.size() - 1, new Setting(last.name(), last.value() + "," + field));
            } else {
                options.add(option(text, field, driver));
            }
        }
        return options;
    }

    private static Setting option(String text, String field, Driver driver) throws InvalidValue {
        int equals = field.indexOf('=');
        if (equals <= 0) {
            throw new InvalidValue(text, "not of the form name=value");
        }
        Setting option = new Setting(field.substring(0, equals), field.substring(equals + 1));
        Set<String> known = known(driver);
        boolean environment = driver != Driver.REMOTE && option.name().matches("env\\.[^=\\s]+");
        if (!known.contains(option.name()) && !environment) {
            throw new InvalidValue(
                    text,
                    "driver " + driver + " has no option '" + option.name() + "'"
                            + Nearest.hint(option.name(), known.stream()));
        }
        return option;
    }

    private static Set<String> known(Driver driver) {
        return switch (driver) {
            case DOCKER -> Set.of();
            case DOCKER_CONTAINER -> DOCKER_CONTAINER;
            case KUBERNETES -> KUBERNETES;
            case REMOTE -> REMOTE;
            case BUILDKITD -> BUILDKITD;
        };
    }
}
