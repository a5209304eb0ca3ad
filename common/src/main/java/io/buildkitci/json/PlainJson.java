package io.buildkitci.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object as maps, lists, texts and numbers; null is left out.
 *
 * <p>Read by Jackson's parser alone: binding objects costs a fresh JVM several times what buildx takes to answer.
 */
public record PlainJson(Map<?, ?> fields) {
    public static final JsonFactory FACTORY = new JsonFactory();
    private static final PlainJson NOTHING = new PlainJson(Map.of());
    private static final int DEEPEST = 20;

    /** What is no JSON object is one without fields. */
    public static PlainJson parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? new PlainJson(object(parser, 0)) : NOTHING;
        } catch (IOException e) {
            return NOTHING;
        }
    }

    /** A field's text; empty text when it is none. */
    public String text(String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    /** A field's number; 0 when it is none, or no small whole one. */
    public int number(String name) {
        return fields.get(name) instanceof Integer number ? number : 0;
    }

    /** A field's whole number of any size that fits, also where it is written as a text; empty when it is none. */
    public Optional<Long> wholeNumber(String name) {
        Object value = fields.get(name);
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(((Number) value).longValue());
        }
        return value instanceof String text && text.matches("-?\\d{1,18}")
                ? Optional.of(Long.valueOf(text))
                : Optional.empty();
    }

    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    /** The objects in a list; none when it is no list. */
    public List<PlainJson> objects(String name) {
        List<PlainJson> objects = new ArrayList<>();
        if (fields.get(name) instanceof List<?> values) {
            for (Object value : values) {
                if (value instanceof Map<?, ?> map) {
                    objects.add(new PlainJson(map));
                }
            }
        }
        return objects;
    }

    /** The values in a list; none when it is no list. */
    public List<?> values(String name) {
        return fields.get(name) instanceof List<?> values ? values : List.of();
    }

    /** The object in a field; one without fields when it is none. */
    public PlainJson object(String name) {
        return fields.get(name) instanceof Map<?, ?> map ? new PlainJson(map) : NOTHING;
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    private static Map<String, Object> object(JsonParser parser, int depth) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                fields.put(name, value(parser, depth));
            }
        }
        return fields;
    }

    private static Object value(JsonParser parser, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("nested too deeply");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, depth + 1);
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(parser, depth + 1));
                }
                yield values;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            default -> false; // fractions are nothing that is asked for here
        };
    }
}
