package io.jenkins.plugins.buildkit.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arguments of scripts that are true, false or attributes, and the two properties of each: Declarative pipelines take a
 * literal {@code true} for a boolean property only, so the text has one of its own.
 */
final class AttestationArguments {
    private static final List<String> EITHER = List.of("provenance", "sbom");
    private static final String ATTRIBUTES = "Attributes";

    private AttestationArguments() {}

    /** What a script gave, under the properties of the step. */
    static Map<String, Object> apart(Map<String, ?> arguments) {
        Map<String, Object> properties = new LinkedHashMap<>(arguments);
        EITHER.forEach(name -> apart(properties, name));
        return properties;
    }

    private static void apart(Map<String, Object> properties, String name) {
        Object value = properties.remove(name);
        if (value == null) {
            return;
        }
        String text = value.toString().strip();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            properties.put(name, Boolean.valueOf(text));
        } else if (text.equals("max") || text.equals("min")) {
            properties.put(name + ATTRIBUTES, "mode=" + text);
        } else if (!text.isEmpty()) {
            properties.put(name + ATTRIBUTES, text);
        }
    }

    /** The way back, for snippets. */
    static Map<String, Object> together(Map<String, ?> properties) {
        Map<String, Object> arguments = new LinkedHashMap<>(properties);
        for (String name : EITHER) {
            if (arguments.containsKey(name + ATTRIBUTES) && !arguments.containsKey(name)) {
                arguments.put(name, arguments.remove(name + ATTRIBUTES));
            }
        }
        return arguments;
    }
}
