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
    private static List<Setting> parse(String text, Driver driver) throws InvalidValue {
        if (ENVIRONMENT_ONLY.matcher(text).matches()) {
            return List.of(option(text, text, new Setting("", ""), driver));
        }
        List<Setting> options = new ArrayList<>();
        for (String field : AttributesText.fields(text)) {
            Setting last = options.isEmpty() ? new Setting("", "") : options.get(options.size() - 1);
            if (field.indexOf('=') < 0 && last.name().startsWith("env.")) {
                options.set(options.size() - 1, new Setting(last.name(), last.value() + "," + field));
            } else {
                options.add(option(text, field, last, driver));
            }
        }
        return options;
    }

    /** @param last the option before it in the same item */
    private static Setting option(String text, String field, Setting last, Driver driver) throws InvalidValue {
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
                            + (KubernetesOptions.LISTS.contains(last.name())
                                    ? "; if it is a part of " + last.name() + ", put quotes around all of that: \""
                                            + last.render() + ",…\""
                                    : Nearest.hint(option.name(), known.stream())));
        }
        return option;
    }

    /** The options of one node, each checked on its own. */
    static List<Setting> read(InputReader in, Driver driver) {
        List<Setting> options = in.each("driver-opts", text -> parse(text, driver)).stream()
                .flatMap(List::stream)
                .toList();
        Set<String> names = new HashSet<>();
        options.stream()
                .filter(o -> !names.add(o.name()))
                .forEach(o -> in.problem("driver-opts", o.render(), "'" + o.name() + "' is given twice"));
        check(in, options, driver);
        return options;
    }

    /** Reports every value that the driver or what is behind it would not take. */
    private static void check(InputReader in, List<Setting> options, Driver driver) {
        Map<String, OptionRule> rules =
                switch (driver) {
                    case DOCKER_CONTAINER -> ContainerOptions.RULES;
                    case KUBERNETES -> KubernetesOptions.RULES;
                    case DOCKER, REMOTE, BUILDKITD -> Map.of();
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
