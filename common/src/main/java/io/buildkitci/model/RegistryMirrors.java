package io.buildkitci.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Registries and the mirrors that BuildKit asks before them.
 *
 * @param mirrors hosts, with a path where there is one, by the registry they stand for; in order
 * @param plain mirrors that are talked to without TLS
 */
public record RegistryMirrors(Map<String, List<String>> mirrors, Set<String> plain) {
    private static final String HUB = "docker.io";
    private static final Pattern REGISTRY = Pattern.compile("[A-Za-z0-9.-]+(?::\\d+)?");
    private static final Pattern MIRROR =
            Pattern.compile("(?:(https?)://)?([A-Za-z0-9.-]+(?::\\d+)?(?:/[A-Za-z0-9._/-]*)?)");
    private static final Pattern TABLE =
            Pattern.compile("(?m)^\\s*\\[\\s*registry\\s*\\.\\s*[\"']?([^\"'\\]]+?)[\"']?\\s*]");

    public RegistryMirrors {
        mirrors = mirrors.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, e -> List.copyOf(e.getValue()), (a, b) -> a, LinkedHashMap::new));
        plain = new LinkedHashSet<>(plain);
    }

    /** @param text one a line: {@code mirror}, which stands for Docker Hub, or {@code registry=mirror} */
    public static RegistryMirrors parse(String text) throws InvalidValue {
        Map<String, List<String>> mirrors = new LinkedHashMap<>();
        Set<String> plain = new LinkedHashSet<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            String registry = equals < 0 ? HUB : line.substring(0, equals).strip();
            Matcher mirror = MIRROR.matcher(line.substring(equals + 1).strip());
            if (!REGISTRY.matcher(registry).matches() || !mirror.matches()) {
                throw new InvalidValue(
                        line, "accepted are a mirror of Docker Hub, as mirror.example:5000, and registry=mirror");
            }
            mirrors.computeIfAbsent(registry, r -> new ArrayList<>()).add(mirror.group(2));
            if ("http".equals(mirror.group(1))) {
                plain.add(mirror.group(2).replaceFirst("/.*", ""));
            }
        }
        return new RegistryMirrors(mirrors, plain);
    }

    /**
     * These as tables at the end of buildkitd's configuration.
     *
     * @throws InvalidValue if the configuration has a table of one of the registries already: TOML knows each once
     */
    public String addTo(String config) throws InvalidValue {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        mirrors.forEach((registry, hosts) -> tables.computeIfAbsent(registry, r -> new ArrayList<>())
                .add("mirrors = [" + hosts.stream().map(RegistryMirrors::quoted).collect(Collectors.joining(", "))
                        + "]"));
        plain.forEach(
                host -> tables.computeIfAbsent(host, h -> new ArrayList<>()).add("http = true"));
        Matcher table = TABLE.matcher(config);
        while (table.find()) {
            if (tables.containsKey(table.group(1))) {
                throw new InvalidValue(
                        table.group(1),
                        "buildkitd's configuration has a table of this registry already; write its mirrors there");
            }
        }
        StringBuilder text = new StringBuilder(config.stripTrailing());
        tables.forEach((name, settings) -> {
            text.append(text.isEmpty() ? "" : "\n\n")
                    .append("[registry.")
                    .append(quoted(name))
                    .append("]");
            settings.forEach(setting -> text.append("\n  ").append(setting));
        });
        return text.toString();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
