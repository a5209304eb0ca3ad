package io.buildkitci.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlagEditTest {
    private static final Map<String, Boolean> FLAGS = new LinkedHashMap<>();

    static {
        FLAGS.put("a", true);
        FLAGS.put("b", true);
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                Arguments.of("", "{\n  \"on\": {\n    \"a\": true,\n    \"b\": true\n  }\n}\n"),
                Arguments.of(" \n", "{\n  \"on\": {\n    \"a\": true,\n    \"b\": true\n  }\n}\n"),
                Arguments.of("{}", "{\"on\": {\"a\": true, \"b\": true}}"),
                Arguments.of("{\"x\": 1.50}\n", "{\"on\": {\"a\": true, \"b\": true}, \"x\": 1.50}\n"),
                Arguments.of(
                        "{\n\t\"x\": [1, null]\n}\n",
                        "{\n\t\"on\": {\n\t\t\"a\": true,\n\t\t\"b\": true\n\t},\n\t\"x\": [1, null]\n}\n"),
                Arguments.of("{\"on\":{\"a\":true,\"b\":true}}", "{\"on\":{\"a\":true,\"b\":true}}"),
                Arguments.of("{\"on\":{\"b\":false,\"a\":true}}", "{\"on\":{\"b\":true,\"a\":true}}"),
                Arguments.of(
                        "{\"on\":{\"b\": \"yes, é\" ,\"c\":{\"a\":1}}}",
                        "{\"on\":{\"a\": true, \"b\": true ,\"c\":{\"a\":1}}}"),
                Arguments.of("{\"on\":{\"a\":{\"x\":[1]},\"b\":null}}", "{\"on\":{\"a\":true,\"b\":true}}"),
                Arguments.of("{\"on\":{}}", "{\"on\":{\"a\": true, \"b\": true}}"),
                Arguments.of(
                        "{\n  \"on\": {\n    \"c\": true\n  }\n}",
                        "{\n  \"on\": {\n    \"a\": true,\n    \"b\": true,\n    \"c\": true\n  }\n}"),
                Arguments.of(
                        "{\"x\":{\"on\":{}}, \"é\":1}",
                        "{\"on\": {\"a\": true, \"b\": true}, \"x\":{\"on\":{}}, \"é\":1}"));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void changesTheFlagsAndNothingElse(String text, String edited) {
        assertThat(FlagEdit.set(text, "on", FLAGS)).isEqualTo(new FlagEdit.Edited(edited));
        assertThat(FlagEdit.set(edited, "on", FLAGS)).as("again").isEqualTo(new FlagEdit.Edited(edited));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                        | 1 | 1  | it is not an object",
                "{\"x\": 1,}               | 1 | 10 | was expecting",
                "{\"on\": true}            | 1 | 8  | 'on' is not an object",
                "{\"on\": {}, \"on\": {}}  | 1 | 16 | Duplicate field 'on'",
                "{} {}                     | 1 | 4  | something follows the object",
                "{\"on\": {\"a\": tru}}      | 1 | 16 | Unrecognized token",
                "{\"on\": {\"a\": true}      | 1 | 20 | Unexpected end-of-input",
            })
    void refusesWhatIsNotSuchAnObjectWithItsPlace(String text, int line, int column, String reason) {
        assertThat(FlagEdit.set("\n" + text, "on", FLAGS)).isInstanceOfSatisfying(FlagEdit.Refused.class, refused -> {
            assertThat(refused.reason()).contains(reason);
            assertThat(refused.line()).isEqualTo(line + 1);
            assertThat(refused.column()).isBetween(column - 2, column + 3);
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsEditedStaysJsonWithTheSameFields(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Map<String, Object> value = object(random, 3);
            String text = random.nextBoolean() ? JsonText.pretty(value) : JsonText.line(value);

            String edited = ((FlagEdit.Edited) FlagEdit.set(text, "on", FLAGS)).text();

            Map<String, Object> on = new LinkedHashMap<>(
                    value.get("on") instanceof Map<?, ?> has
                            ? PlainJson.parse(JsonText.line(has)).fields().entrySet().stream()
                                    .collect(
                                            LinkedHashMap::new,
                                            (m, e) -> m.put(e.getKey().toString(), e.getValue()),
                                            Map::putAll)
                            : Map.of());
            on.putAll(FLAGS);
            Map<String, Object> expected = new LinkedHashMap<>(value);
            expected.put("on", on);
            assertThat(PlainJson.parse(edited).fields())
                    .as(text)
                    .isEqualTo(PlainJson.parse(JsonText.line(expected)).fields());
        }
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put("k" + random.nextInt(9) + "\"{é", value(random, depth - 1));
        }
        if (random.nextBoolean()) {
            Map<String, Object> on = new LinkedHashMap<>();
            for (String name : java.util.List.of("a", "b", "c")) {
                if (random.nextBoolean()) {
                    on.put(name, value(random, 1));
                }
            }
            object.put("on", on);
        }
        return object;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 3)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextBoolean();
            case 2 -> "text \\ \"}" + random.nextInt(99);
            case 3 -> java.util.List.of(random.nextInt(), "x");
            default -> object(random, depth);
        };
    }
}
