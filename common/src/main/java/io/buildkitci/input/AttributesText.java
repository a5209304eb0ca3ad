package io.buildkitci.input;

import io.buildkitci.model.Attributes;
import io.buildkitci.model.InvalidValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The text of a structured flag, {@code type=registry,ref=…}, as one CSV record of {@code name=value} fields. */
final class AttributesText {
    private AttributesText() {}

    /** Names are lower-cased, as buildx does; a name given twice is an error, where buildx silently takes the last. */
    static Attributes parse(String text) throws InvalidValue {
        return of(text, fields(text));
    }

    /** @param text what the fields were part of, for messages */
    static Attributes of(String text, List<String> fields) throws InvalidValue {
        Map<String, String> values = new LinkedHashMap<>();
        int at = 0;
        for (String field : fields) {
            at++;
            int equals = field.indexOf('=');
            String name = equals < 0 ? "" : field.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            if (name.isEmpty()) {
                throw new InvalidValue(text, "field " + at + " is not of the form name=value");
            }
            if (values.put(name, field.substring(equals + 1)) != null) {
                throw new InvalidValue(text, "'" + name + "' is given twice");
            }
        }
        return new Attributes(values);
    }

    /** The fields of one record, trimmed. */
    static List<String> fields(String text) throws InvalidValue {
        List<List<String>> records = CsvText.records(text);
        if (records.size() != 1) {
            throw new InvalidValue(text, "must be on one line");
        }
        return records.get(0).stream().map(String::strip).toList();
    }

    /** The boolean of an attribute as Go reads it; empty when it is not there. */
    static Optional<Boolean> booleanOf(Attributes attributes, String name) throws InvalidValue {
        Optional<String> value = attributes.get(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return switch (value.get()) {
            case "1", "t", "T", "true", "TRUE", "True" -> Optional.of(true);
            case "0", "f", "F", "false", "FALSE", "False" -> Optional.of(false);
            default -> throw new InvalidValue(name + "=" + value.get(), "'" + name + "' must be true or false");
        };
    }

    /** @param text what the attributes were part of, for messages */
    static void checkMode(String text, Attributes attributes) throws InvalidValue {
        if (attributes
                .get("mode")
                .filter(m -> !m.equals("min") && !m.equals("max"))
                .isPresent()) {
            throw new InvalidValue(text, "mode must be min or max");
        }
    }
}
