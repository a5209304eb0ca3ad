package io.buildkitci.action.dropin;

import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command line as what it means to buildx 0.36: flags without order, attributes without order, defaults written out,
 * secrets and files as what they hold, files that only the caller reads left out.
 */
final class Meaning {
    private static final Set<String> SWITCHES = Set.of("--push", "--load", "--no-cache", "--pull", "--use", "--append");
    private static final Set<String> OF_THE_CALLER = Set.of("--progress", "--metadata-file");
    private static final Set<String> ATTRIBUTES = Set.of("--attest", "--cache-from", "--cache-to", "--output");
    private static final Pattern NODE = Pattern.compile("(node \\d+ )(.*)", Pattern.DOTALL);
    private static final Pattern LITERAL_SECRET = Pattern.compile("--secret id=\\S+ value=.*", Pattern.DOTALL);
    private static final Pattern BESIDE = Pattern.compile("\\.([^/]+)\\.fresh-[a-z0-9-]+");
    private static final Pattern MADE_UP = Pattern.compile("(?:builder|buildkit-ci)-[0-9a-f-]{8,}");
    private static final String USUAL_FLAGS =
            "--allow-insecure-entitlement security.insecure --allow-insecure-entitlement network.host";

    private final Carried carried;

    /** What a caller put elsewhere rather than into the arguments. */
    interface Carried {
        /** A row's arguments hold everything themselves. */
        Carried NOTHING = new Carried() {
            @Override
            public Optional<String> secret(Map<String, String> attributes) {
                return Optional.empty();
            }

            @Override
            public Optional<String> file(String path) {
                return Optional.empty();
            }
        };

        /** The value that the caller moved into a file or variable of its own; empty if that is a person's. */
        Optional<String> secret(Map<String, String> attributes);

        /** What a file holds; empty if it cannot be read. */
        Optional<String> file(String path);
    }

    Meaning(Carried carried) {
        this.carried = carried;
    }

    /** Of a row's items, each a flag and its value. */
    static List<String> ofItems(List<String> items) {
        return items.stream().flatMap(Meaning::ofItem).sorted().toList();
    }

    private static Stream<String> ofItem(String item) {
        Matcher node = NODE.matcher(item);
        if (node.matches()) {
            return ofItem(node.group(2)).map(meaning -> node.group(1) + meaning);
        }
        if (LITERAL_SECRET.matcher(item).matches()) {
            return Stream.of(item);
        }
        List<String> words = item.startsWith("--") ? List.of(item.split(" ", 2)) : List.of(item);
        return new Meaning(Carried.NOTHING).of(words).stream();
    }

    /** Of arguments that a program was started with, the subcommand left out. */
    List<String> of(List<String> arguments) {
        List<String> meaning = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || SWITCHES.contains(argument)) {
                meaning.add(argument);
            } else if (equals > 0) {
                meaning.addAll(flag(argument.substring(0, equals), argument.substring(equals + 1)));
            } else {
                meaning.addAll(flag(argument, ++i < arguments.size() ? arguments.get(i) : ""));
            }
        }
        return meaning.stream().sorted().toList();
    }

    private List<String> flag(String name, String value) {
        return OF_THE_CALLER.contains(name)
                ? List.of()
                : switch (name) {
                    case "--iidfile" -> List.of(name);
                    case "--provenance", "--sbom" ->
                        flag("--attest", "type=" + name.substring(2) + "," + onOrOff(value));
                    case "--secret" -> List.of(name + " " + secret(value));
                    case "--name" -> List.of(name + " " + MADE_UP.matcher(value).replaceFirst("(made up)"));
                    case "--driver-opt" ->
                        fields(value).stream().map(this::option).toList();
                    case "--buildkitd-flags" -> List.of(name + " " + value.replace(USUAL_FLAGS, "(default)"));
                    case "--config", "--buildkitd-config" ->
                        List.of("--buildkitd-config "
                                + carried.file(value).orElse(value).strip());
                    case "--install", "--uninstall" -> List.of(name + " " + sorted(value));
                    default -> List.of(name + " " + (ATTRIBUTES.contains(name) ? attributes(name, value) : value));
                };
    }

    private static String onOrOff(String value) {
        return switch (value) {
            case "true" -> "disabled=false";
            case "false" -> "disabled=true";
            default -> value;
        };
    }

    private static String sorted(String list) {
        return Stream.of(list.split(",", -1)).sorted().collect(Collectors.joining(","));
    }

    private String option(String field) {
        int equals = field.indexOf('=');
        String value = field.substring(equals + 1);
        return "--driver-opt " + field.substring(0, equals + 1)
                + carried.file(value).orElse(value);
    }

    private static String attributes(String flag, String value) {
        List<String> fields = fields(value);
        boolean bare = fields.size() == 1 && fields.get(0).indexOf('=') < 0;
        if (bare && flag.startsWith("--cache")) {
            fields = List.of("type=registry", "ref=" + fields.get(0));
        } else if (bare && flag.equals("--output")) {
            fields = List.of("type=local", "dest=" + fields.get(0));
        }
        return fields.stream()
                .map(Meaning::inItsPlace)
                .sorted()
                .map(Meaning::quoted)
                .collect(Collectors.joining(","));
    }

    /** Ours are put in their places by us. */
    private static String inItsPlace(String field) {
        return BESIDE.matcher(field.replaceFirst("/\\.buildkit-ci\\.fresh-[a-z0-9-]+", ""))
                .replaceFirst("$1");
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
        return carried.secret(attributes)
                .map(text -> "id=" + attributes.get("id") + " value=" + text)
                .orElseGet(attributes::toString);
    }

    private static List<String> fields(String csv) {
        try (var records = CsvReader.builder().ofCsvRecord(csv).stream()) {
            return records.flatMap(record -> record.getFields().stream()).toList();
        }
    }

    /** What is in one list and not in the other, each as often as it is. */
    static List<String> without(List<String> one, List<String> other) {
        List<String> left = new ArrayList<>(one);
        other.forEach(left::remove);
        return left;
    }
}
