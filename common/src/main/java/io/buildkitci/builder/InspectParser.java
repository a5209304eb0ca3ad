package io.buildkitci.builder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the text of {@code buildx inspect}; there is no JSON of it (0.29 and 0.36). A line {@code Key: value} belongs to
 * the builder, or after {@code Nodes:} to the node begun by the last {@code Name:}; indented lines belong to the key
 * before them. Keys that are not known are passed over.
 */
final class InspectParser {
    private static final String FILE = "File#";
    private static final String FILE_LINE = " > ";

    private final Map<String, String> builder = new LinkedHashMap<>();
    private final List<Map<String, String>> nodes = new ArrayList<>();
    private boolean inNodes;
    private String key = "";

    private InspectParser() {}

    static Inspection parse(String text) {
        InspectParser parser = new InspectParser();
        text.lines().forEach(parser::line);
        return new Inspection(
                parser.builder.getOrDefault("Name", ""),
                parser.builder.getOrDefault("Driver", ""),
                Optional.ofNullable(parser.builder.get("Error")),
                parser.nodes.stream().map(InspectParser::node).toList());
    }

    private void line(String line) {
        if (line.startsWith(" ")) {
            continued(line);
            return;
        }
        int colon = line.indexOf(':');
        if (colon <= 0 || (key.equals("Error") && !line.matches("(Name|Nodes|Endpoint|Status):.*"))) {
            continued(line);
            return;
        }
        key = line.substring(0, colon);
        if (!inNodes && key.equals("Nodes")) {
            inNodes = true;
        } else {
            begin(line.substring(colon + 1).strip());
        }
    }

    private void begin(String value) {
        if (inNodes && key.equals("Name")) {
            nodes.add(new LinkedHashMap<>());
        }
        section().put(key, value);
    }

    /** A line of a list, of a file, or of an error that has several lines. */
    private void continued(String line) {
        if (!line.isEmpty() && !key.isEmpty()) {
            section().merge(key, line, (before, more) -> before.isEmpty() ? more : before + "\n" + more);
        }
    }

    private Map<String, String> section() {
        return nodes.isEmpty() ? builder : nodes.get(nodes.size() - 1);
    }

    private static InspectedNode node(Map<String, String> keys) {
        List<String> platforms = Arrays.stream(
                        keys.getOrDefault("Platforms", "").split(",", -1))
                .map(String::strip)
                .filter(p -> !p.isEmpty())
                .toList();
        return new InspectedNode(
                keys.getOrDefault("Name", ""),
                keys.getOrDefault("Endpoint", ""),
                keys.getOrDefault("Status", ""),
                Optional.ofNullable(keys.get("Error")),
                DriverOptions.parse(keys.getOrDefault("Driver Options", "")),
                either(keys, "BuildKit daemon flags", "Flags").orElse(""),
                either(keys, "BuildKit version", "Buildkit"),
                platforms.stream()
                        .filter(p -> p.endsWith("*"))
                        .map(p -> p.substring(0, p.length() - 1))
                        .toList(),
                platforms.stream().filter(p -> !p.endsWith("*")).toList(),
                labels(keys.getOrDefault("Labels", "")),
                files(keys));
    }

    /** A value whose key was renamed in buildx 0.13. */
    private static Optional<String> either(Map<String, String> keys, String now, String before) {
        return Optional.ofNullable(keys.get(now)).or(() -> Optional.ofNullable(keys.get(before)));
    }

    private static Map<String, String> labels(String lines) {
        Map<String, String> labels = new LinkedHashMap<>();
        lines.lines().map(String::strip).forEach(line -> {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                labels.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return labels;
    }

    private static Map<String, String> files(Map<String, String> keys) {
        Map<String, String> files = new LinkedHashMap<>();
        keys.forEach((key, lines) -> {
            if (key.startsWith(FILE)) {
                StringBuilder text = new StringBuilder();
                lines.lines()
                        .filter(l -> l.startsWith(FILE_LINE))
                        .forEach(l ->
                                text.append(l.substring(FILE_LINE.length())).append('\n'));
                files.put(key.substring(FILE.length()), text.toString());
            }
        });
        return files;
    }
}
