package io.buildkitci.builder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What two definitions of a builder do not have in common, a clause for each. */
final class Differences {
    private final List<String> found = new ArrayList<>();

    private Differences() {}

    /**
     * @param has the builder that exists
     * @param asked the same builder as buildx would create it
     */
    static List<String> between(Inspection has, Inspection asked) {
        Differences differences = new Differences();
        differences.text("driver", has.driver(), asked.driver());
        if (differences.found.isEmpty()) { // of two drivers nothing else can be compared
            differences.nodes(has.nodes(), asked.nodes());
        }
        return List.copyOf(differences.found);
    }

    private void nodes(List<InspectedNode> has, List<InspectedNode> asked) {
        if (has.size() != asked.size()) {
            text("nodes", names(has), names(asked));
            return;
        }
        for (int i = 0; i < has.size(); i++) {
            node(has.size() == 1 ? "" : "node " + has.get(i).name() + " ", has.get(i), asked.get(i));
        }
    }

    private void node(String where, InspectedNode has, InspectedNode asked) {
        boolean kubernetes = asked.endpoint().startsWith("kubernetes:");
        if (!kubernetes) { // there both are made up by buildx, at random
            text(where + "name", has.name(), asked.name());
            text(where + "endpoint", has.endpoint(), asked.endpoint());
        }
        options(where + "driver-opts ", has.driverOptions(), asked.driverOptions());
        text(where + "buildkitd-flags", words(has.flags()), words(asked.flags()));
        text(where + "platforms", sorted(has.fixedPlatforms()), sorted(asked.fixedPlatforms()));
        files(where, has.files(), asked.files());
    }

    private void options(String where, Map<String, String> has, Map<String, String> asked) {
        for (String name : keys(has, asked)) {
            boolean secret = name.startsWith("env.");
            text(where + name, has.get(name), asked.get(name), secret);
        }
    }

    private void files(String where, Map<String, String> has, Map<String, String> asked) {
        for (String name : keys(has, asked)) {
            if (!canonical(has.getOrDefault(name, "")).equals(canonical(asked.getOrDefault(name, "")))) {
                String input = name.equals("buildkitd.toml") ? "buildkitd-config" : "file " + name;
                found.add(where + input + ": its content is another one");
            }
        }
    }

    private void text(String what, String has, String asked) {
        text(what, has, asked, false);
    }

    private void text(String what, @Nullable String has, @Nullable String asked, boolean secret) {
        if (!Objects.equals(has, asked)) {
            found.add(
                    what + ": " + (secret ? "has another value" : "has " + shown(has) + ", asked for " + shown(asked)));
        }
    }

    private static String shown(@Nullable String value) {
        return value == null || value.isEmpty() ? "none" : value;
    }

    private static SortedSet<String> keys(Map<String, String> one, Map<String, String> other) {
        return Stream.of(one, other).flatMap(m -> m.keySet().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String names(List<InspectedNode> nodes) {
        return nodes.stream().map(InspectedNode::name).collect(Collectors.joining(", "));
    }

    private static String words(String text) {
        return String.join(" ", text.strip().split("\\s+", -1));
    }

    private static String sorted(List<String> platforms) {
        return platforms.stream().sorted().collect(Collectors.joining(","));
    }

    /** buildx rewrites the TOML it is given, and its versions differ in indentation and in quotes. */
    private static String canonical(String toml) {
        return Arrays.stream(toml.split("\n", -1))
                .map(line -> line.strip().replace('\'', '"'))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }
}
