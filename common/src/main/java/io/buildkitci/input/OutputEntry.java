package io.buildkitci.input;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.ImageRef;
import io.buildkitci.model.InvalidValue;
import io.buildkitci.model.OutputSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One item of {@code outputs}; a bare path is {@code type=local,dest=…}. */
final class OutputEntry {
    private static final List<String> TYPES =
            List.of("image", "registry", "docker", "oci", "local", "tar", "cacheonly");
    private static final Set<String> BOOLEANS = Set.of("push", "push-by-digest", "name-canonical", "tar");

    private OutputEntry() {}

    static OutputSpec parse(String text) throws InvalidValue {
        if (text.equals("-")) {
            throw refusedStandardOutput(text);
        }
        if (text.indexOf('=') < 0) {
            return new OutputSpec(
                    "local", Attributes.of("dest", AttributesText.fields(text).get(0)));
        }
        Attributes all = AttributesText.parse(text);
        String type = all.get("type").orElseThrow(() -> new InvalidValue(text, "has no type; accepted are " + types()));
        if (!TYPES.contains(type)) {
            throw new InvalidValue(text, "unknown type; accepted are " + types() + Nearest.hint(type, TYPES.stream()));
        }
        OutputSpec output = new OutputSpec(type, withPlainBooleans(all.without("type")));
        checkDestination(text, output);
        checkNames(output);
        return output;
    }

    private static String types() {
        return String.join(", ", TYPES);
    }

    private static InvalidValue refusedStandardOutput(String text) {
        return new InvalidValue(text, "a result cannot go to standard output; name a file or directory");
    }

    private static Attributes withPlainBooleans(Attributes attributes) throws InvalidValue {
        Attributes result = attributes;
        for (String name : BOOLEANS) {
            Optional<Boolean> value = AttributesText.booleanOf(attributes, name);
            if (value.isPresent()) {
                result = result.with(name, value.get().toString());
            }
        }
        return result;
    }

    private static void checkDestination(String text, OutputSpec output) throws InvalidValue {
        Optional<String> dest = output.attributes().get("dest").filter(d -> !d.isBlank());
        if (dest.equals(Optional.of("-"))) {
            throw refusedStandardOutput(text);
        }
        boolean directory = output.attributes().get("tar").equals(Optional.of("false"));
        boolean needed =
                switch (output.type()) {
                    case "local", "tar", "oci" -> true;
                    case "docker" -> directory;
                    default -> false;
                };
        if (needed && dest.isEmpty()) {
            throw new InvalidValue(text, "type=" + output.type() + " needs dest=<path>");
        }
    }

    private static void checkNames(OutputSpec output) throws InvalidValue {
        for (String name : names(output)) {
            ImageRef.parse(name);
        }
    }

    /** The image names that an output brings itself. */
    static List<String> names(OutputSpec output) {
        return output.attributes()
                .get("name")
                .filter(n -> !n.isBlank())
                .map(n -> List.of(n.split(",", -1)))
                .orElse(List.of());
    }
}
