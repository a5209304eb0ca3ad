package io.jenkins.plugins.buildkit.forms;

import io.buildkitci.input.InputSpec;
import java.util.Locale;
import java.util.Map;

/** How an input is called, titled and written in a pipeline. */
final class Words {
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("file", "Dockerfile"),
            Map.entry("build-args", "Build arguments"),
            Map.entry("no-cache", "Run every step again"),
            Map.entry("no-cache-filters", "Stages to run again"),
            Map.entry("pull", "Look base images up again"),
            Map.entry("push", "Push to the registry"),
            Map.entry("load", "Load into the local Docker Engine"),
            Map.entry("secret-envs", "Secrets from environment variables"),
            Map.entry("secret-files", "Secrets from files"),
            Map.entry("attests", "Attestations"),
            Map.entry("add-hosts", "Further hosts"),
            Map.entry("ulimit", "Limits"),
            Map.entry("shm-size", "Size of shared memory"),
            Map.entry("cgroup-parent", "Parent cgroup"),
            Map.entry("call", "Ask instead of building"),
            Map.entry("reset", "Remove what is registered first"),
            Map.entry("install", "Install missing interpreters"),
            Map.entry("driver-opts", "Driver options"),
            Map.entry("buildkitd-config-inline", "Text of buildkitd's configuration"),
            Map.entry("buildkitd-config", "File of buildkitd's configuration"),
            Map.entry("buildkitd-flags", "Flags of buildkitd"),
            Map.entry("append", "Further nodes"),
            Map.entry("use", "Make it the current builder"),
            Map.entry("bootstrap", "Start it now"),
            Map.entry("keep-state", "Keep its cache when it is removed"),
            Map.entry("cleanup", "Remove it at the end of the build"),
            Map.entry("version", "Version of buildx"));

    private Words() {}

    /** {@code build-args} is {@code buildArgs}. */
    static String parameter(String input) {
        StringBuilder name = new StringBuilder();
        for (String part : input.split("-", -1)) {
            name.append(name.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return name.toString();
    }

    /** What a form calls it. */
    static String title(String input) {
        String words = input.replace('-', ' ');
        return TITLES.getOrDefault(input, words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
    }

    /** What kind of value it takes. */
    static String kind(InputSpec spec) {
        return switch (spec.kind()) {
            case BOOLEAN -> "boolean";
            case TEXT -> "text";
            case CSV -> "list, or text split at commas and lines";
            case LIST, LIST_UNTRIMMED, LINES ->
                takesNames(spec) ? "map, list, or text split at lines" : "list, or text split at lines";
        };
    }

    /** The example as Groovy has it. */
    static String example(InputSpec spec) {
        String parameter = parameter(spec.name());
        return parameter + ": "
                + switch (spec.kind()) {
                    case BOOLEAN -> spec.defaultValue().equals("true") ? "false" : "true";
                    case TEXT -> quoted(spec.example());
                    case CSV -> list(spec.example().split(",", -1));
                    case LIST, LIST_UNTRIMMED, LINES -> takesNames(spec) ? map(spec.example()) : list(spec.example());
                };
    }

    /** A text as the first word of a sentence, with its full stop. */
    static String sentence(String text) {
        String end = text.endsWith(".") ? "" : ".";
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + end;
    }

    static String quoted(String text) {
        String escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n");
        return "'" + escaped + "'";
    }

    private static boolean takesNames(InputSpec spec) {
        return spec.description().contains("name=") && !spec.description().contains("type");
    }

    private static String list(String... items) {
        StringBuilder text = new StringBuilder("[");
        for (String item : items) {
            text.append(text.length() == 1 ? "" : ", ").append(quoted(item));
        }
        return text.append(']').toString();
    }

    private static String map(String example) {
        int equals = example.indexOf('=');
        String name = example.substring(0, equals);
        String key = name.matches("[A-Za-z_]\\w*") ? name : quoted(name);
        return "[" + key + ": " + quoted(example.substring(equals + 1)) + "]";
    }
}
