package io.buildkitci.action.dropin;

import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command line as what it means to buildx 0.36: flags without order, attributes without order, defaults written out,
 * secrets as what they hold, files that only the caller reads left out.
 */
final class Meaning {
    private static final Set<String> SWITCHES = Set.of("--push", "--load", "--no-cache", "--pull", "--use", "--append");
    private static final Set<String> OF_THE_CALLER = Set.of("--progress", "--metadata-file");
    private static final Set<String> PATHS = Set.of("--iidfile");
    private static final Set<String> ATTRIBUTES = Set.of("--attest", "--cache-from", "--cache-to", "--output");

    /** What a secret holds whose value the caller put into a file or variable of its own; empty if it is a person's. */
    private final Function<Map<String, String>, Optional<String>> carried;

    Meaning(Function<Map<String, String>, Optional<String>> carried) {
        this.carried = carried;
    }

    /** Of a row's items, in which secrets are written as what they hold. */
    static List<String> ofItems(List<String> items) {
        Meaning meaning = new Meaning(attributes -> Optional.empty());
        return items.stream()
                .flatMap(item -> item.matches("(?s)--secret id=\\S+ value=.*")
                        ? Stream.of(item)
                        : meaning.of(item.startsWith("--") ? List.of(item.split(" ", 2)) : List.of(item)).stream())
                .sorted()
                .toList();
    }

    /** Of arguments that a program was started with, the subcommand left out. */
    List<String> of(List<String> arguments) {
        List<String> meaning = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--") || SWITCHES.contains(argument)) {
                meaning.add(argument);
            } else if (argument.matches("(?s)--[a-z-]+=.*")) {
                int equals = argument.indexOf('=');
                flag(argument.substring(0, equals), argument.substring(equals + 1), meaning);
            } else {
                flag(argument, ++i < arguments.size() ? arguments.get(i) : "", meaning);
            }
        }
        return meaning.stream().sorted().toList();
    }

    private void flag(String name, String value, List<String> meaning) {
        if (OF_THE_CALLER.contains(name)) {
            return;
        }
        if (PATHS.contains(name)) {
            meaning.add(name);
        } else if (name.equals("--provenance") || name.equals("--sbom")) {
            meaning.add("--attest " + attributes("--attest", "type=" + name.substring(2) + "," + onOrOff(value)));
        } else if (name.equals("--secret")) {
            meaning.add(name + " " + secret(value));
        } else {
            meaning.add(name + " " + (ATTRIBUTES.contains(name) ? attributes(name, value) : value));
        }
    }

    private static String onOrOff(String value) {
        return switch (value) {
            case "true" -> "disabled=false";
            case "false" -> "disabled=true";
            default -> value;
        };
    }

    private static String attributes(String flag, String value) {
        List<String> fields = fields(value);
        boolean bare = fields.size() == 1 && fields.get(0).indexOf('=') < 0;
        if (bare && flag.startsWith("--cache")) {
            fields = List.of("type=registry", "ref=" + fields.get(0));
        } else if (bare && flag.equals("--output")) {
            fields = List.of("type=local", "dest=" + fields.get(0));
        }
        return fields.stream().sorted().map(Meaning::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String field) {
        return field.indexOf(',') < 0 ? field : '"' + field + '"';
    }

    private String secret(String value) {
        Map<String, String> attributes = new TreeMap<>();
        for (String field : fields(value)) {
            int equals = field.indexOf('=');
            attributes.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return carried.apply(attributes)
                .map(text -> "id=" + attributes.get("id") + " value=" + text)
                .orElseGet(() -> attributes.toString());
    }

    private static List<String> fields(String csv) {
        try (var records = CsvReader.builder().ofCsvRecord(csv).stream()) {
            return records.flatMap(record -> record.getFields().stream()).toList();
        }
    }
}
