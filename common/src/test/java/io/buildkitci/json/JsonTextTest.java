package io.buildkitci.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void laysOutAsJacksonDoes() throws JsonProcessingException {
        Random random = new Random(20261123);
        for (int i = 0; i < 200; i++) {
            Object value = object(random, 0);

            assertThat(JsonText.pretty(value))
                    .isEqualTo(
                            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
        }
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JsonText.pretty(Map.of("a", List.of(Duration.ZERO))))
                .withMessageContaining("Duration");
    }

    private static Object object(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 6)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt(100_000) / 1000.0;
            case 3 -> "\"\\\n\u001bé😀".substring(random.nextInt(5));
            case 4 -> {
                List<Object> values = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(object(random, depth + 1));
                }
                yield values;
            }
            default -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    fields.put("field " + i, object(random, depth + 1));
                }
                yield fields;
            }
        };
    }
}
