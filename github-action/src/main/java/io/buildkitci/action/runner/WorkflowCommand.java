package io.buildkitci.action.runner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of the log that the runner carries out: {@code ::error file=Dockerfile,line=3::message}.
 *
 * @param properties empty values are left out
 */
public record WorkflowCommand(String name, Map<String, String> properties, String message) {
    public WorkflowCommand {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    public static WorkflowCommand of(String name, String message) {
        return new WorkflowCommand(name, Map.of(), message);
    }

    /** One line, whatever the texts are (actions/toolkit {@code command.ts} has the same escapes). */
    public String render() {
        StringBuilder line = new StringBuilder("::").append(name);
        String separator = " ";
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (!property.getValue().isEmpty()) {
                line.append(separator).append(property.getKey()).append('=');
                line.append(data(property.getValue()).replace(":", "%3A").replace(",", "%2C"));
                separator = ",";
            }
        }
        return line.append("::").append(data(message)).toString();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
