package io.buildkitci.builder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DriverOptionsTest {
    private static final String ALPHABET = "ab=, \"\\\n\t\r\u0001\u007fé€😀'x0u";

    @Test
    void readsEveryWayInWhichGoEscapes() {
        assertThat(DriverOptions.parse("a=\"\\a\\b\\f\\n\\r\\t\\v\\\\\\\"\" b=\"\\x01\\u20ac\\U0001f600\\101\""))
                .isEqualTo(Map.of("a", "\u0007\b\f\n\r\t\u000b\\\"", "b", "\u0001€😀A"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsWhatGoWouldPrint(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Map<String, String> options = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                options.put("env.N" + i, text(random));
            }
            String printed = options.entrySet().stream()
                    .map(e -> e.getKey() + "=" + quoted(e.getValue()))
                    .collect(Collectors.joining(" "));

            assertThat(DriverOptions.parse(printed)).as(printed).isEqualTo(options);
        }
    }

    private static String text(Random random) {
        int[] points = ALPHABET.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    /** As Go's {@code %q}: printable runes as they are, control characters by name or in hexadecimal. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        quoted.append(String.format("\\x%02x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
