package io.buildkitci.input;

import io.buildkitci.model.Driver;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The options that buildx 0.36 knows for each driver (any other makes it refuse the builder), and ours. */
final class DriverOptions {
    private static final Set<String> BUILDKITD = Set.of("rootless", "cacert", "cert", "key", "servername");
    private static final Set<String> REMOTE = Set.of("cacert", "cert", "key", "servername", "default-load");

    /** With nothing in it that could be another option or a quoted field. */
    private static final Pattern ENVIRONMENT_ONLY = Pattern.compile("env\\.[^=\\s,\"]+=[^=\"]*");

    private DriverOptions() {}

    /** One item, which may hold several options beside commas; commas of an environment value need no quotes. */
    private static List<String> fields(String item) throws InvalidValue {
        return ENVIRONMENT_ONLY.matcher(item).matches() ? List.of(item) : AttributesText.fields(item);
    }

    /** The options of one node, each checked on its own. */
    static List<Setting> read(InputReader in, Driver driver) {
        List<Setting> options = new ArrayList<>();
        in.each("driver-opts", DriverOptions::fields).forEach(fields -> options.addAll(settings(in, fields, driver)));
        Set<String> names = new HashSet<>();
        options.stream()
                .filter(o -> !names.add(o.name()))
                .forEach(o -> in.problem("driver-opts", o.render(), "'" + o.name() + "' is given twice"));
        check(in, options, driver);
        return List.copyOf(options);
    }

    private static List<Setting> settings(InputReader in, List<String> fields, Driver driver) {
        List<Setting> options = new ArrayList<>();
        for (String field : fields) {
            Setting last = options.isEmpty() ? new Setting("", "") : options.get(options.size() - 1);
            if (field.indexOf('=') < 0 && last.name().startsWith("env.")) {
                options.set(options.size() - 1, new Setting(last.name(), last.value() + "," + field));
                continue;
            }
            int equals = field.indexOf('=');
            Setting option = equals <= 0
                    ? new Setting("", "")
                    : new Setting(field.substring(0, equals), field.substring(equals + 1));
            Optional<String> wrong =
                    equals <= 0 ? Optional.of("not of the form name=value") : unknown(option.name(), last, driver);
            wrong.ifPresent(why -> in.problem("driver-opts", field, why));
            if (wrong.isEmpty()) {
                options.add(option);
            }
        }
        return options;
    }

    /** @param last the option before it in the same item */
    private static Optional<String> unknown(String name, Setting last, Driver driver) {
        Set<String> known = known(driver);
        boolean environment = driver != Driver.REMOTE && name.matches("env\\.[^=\\s]+");
        if (known.contains(name) || environment) {
            return Optional.empty();
        }
        return Optional.of("driver " + driver + " has no option '" + name + "'"
                + (KubernetesOptions.LISTS.contains(last.name())
                        ? "; if it is a part of " + last.name() + ", put quotes around all of that: \"" + last.render()
                                + ",…\""
                        : Nearest.hint(name, known.stream())));
    }

    /** Reports every value that the driver or what is behind it would not take. */
    private static void check(InputReader in, List<Setting> options, Driver driver) {
        Map<String, OptionRule> rules =
                switch (driver) {
                    case DOCKER_CONTAINER -> ContainerOptions.RULES;
                    case KUBERNETES -> KubernetesOptions.RULES;
                    case BUILDKITD -> DaemonRules.OPTIONS;
                    case DOCKER, REMOTE -> Map.of();
                };
        for (Setting option : options) {
            try {
                Optional<OptionRule> rule = Optional.ofNullable(rules.get(option.name()));
                if (rule.isPresent()) {
                    rule.get().check(option.value());
                }
            } catch (InvalidValue e) {
                in.problem("driver-opts", option.render(), e.reason());
            }
        }
    }

    private static Set<String> known(Driver driver) {
        return switch (driver) {
            case DOCKER -> Set.of();
            case DOCKER_CONTAINER -> ContainerOptions.RULES.keySet();
            case KUBERNETES -> KubernetesOptions.RULES.keySet();
            case REMOTE -> REMOTE;
            case BUILDKITD -> BUILDKITD;
        };
    }
}
